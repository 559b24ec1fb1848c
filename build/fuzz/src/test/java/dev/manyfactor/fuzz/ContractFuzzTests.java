package dev.manyfactor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Surroundings;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A seeded sample of what `build/fuzz/run` sends.
class ContractFuzzTests {
  private static final long REQUESTS = 10_000;
  private static final long SEED = 20_261_120;

  @Test
  void validAndBrokenRequestsAreAnsweredAsTheContractSays() throws Exception {
    var options = new Options(REQUESTS, SEED, OptionalLong.empty());
    List<Outcome> outcomes =
        ContractFuzz.outcomes(Checkout.root(), options, Surroundings.ofProcess());
    assertThat(outcomes).flatExtracting(Outcome::findings).isEmpty();
    assertThat(outcomes)
        .extracting(Outcome::service)
        .containsExactly("cards", "payments", "everything");
    assertThat(outcomes.stream().mapToLong(Outcome::run).sum()).isEqualTo(REQUESTS);
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.violations()).isZero());
    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome.statuses()).hasSizeGreaterThan(70));
  }
}
