package dev.manyfactor.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactorTests {
  private static final List<Factor> FACTORS = List.of(Factor.values());

  @Test
  void thereAre23AndTheirNumbersCountUp() {
    assertThat(FACTORS)
        .extracting(Factor::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 23).boxed().toList());
  }

  @Test
  void eachIsCalledAsInTheTableOfFactors() {
    assertThat(FACTORS)
        .extracting(Factor::title)
        .containsExactly(
            "codebase",
            "dependencies",
            "config",
            "backing services",
            "build, release, run",
            "processes",
            "port binding",
            "concurrency",
            "disposability",
            "dev/prod parity",
            "logs",
            "admin processes",
            "API first",
            "telemetry",
            "authentication and authorization",
            "LLMs as backing services",
            "resilience",
            "idempotency",
            "supply chain",
            "progressive delivery",
            "cost",
            "schema and contract evolution",
            "AI-assisted development");
  }

  @Test
  void eachSaysWhatItAsksForInASentence() {
    assertThat(FACTORS)
        .extracting(Factor::description)
        .allMatch(description -> description.matches("[A-Z].*\\."))
        .doesNotHaveDuplicates();
  }

  @Test
  void oneIsFoundByItsNumber() {
    assertThat(Factor.of(9)).contains(Factor.DISPOSABILITY);
    assertThat(Factor.of(0)).isEmpty();
    assertThat(Factor.of(24)).isEmpty();
  }

  @Test
  void theFirstTwelveAreMendedFirstAndThenWhatLimitsDamage() {
    assertThat(FACTORS.reversed().stream().sorted(Factor.mendFirst()))
        .extracting(Factor::number)
        .containsExactly(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 19, 23, 18, 20, 13, 15, 16, 21, 22);
  }
}
