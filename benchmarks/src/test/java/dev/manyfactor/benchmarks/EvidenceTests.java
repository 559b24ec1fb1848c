package dev.manyfactor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvidenceTests {
  private static final String RATE =
      "rate: payments GET /v1/payments/{id} / floor GET /v1/payments/{id}";

  @Test
  void evidenceNamesItsCommitItsCellsAndEveryFigure() throws IOException, InterruptedException {
    var figures = new Figures(List.of(taken(1, "payments", 90), taken(1, "floor", 100)));
    var evidence =
        new Evidence(
            "sample",
            "benchmarks/run Sample",
            Machine.here(InstantSource.system()),
            Map.of("options", Options.DEFAULT),
            new Evidence.Cells(2, 2, List.of()),
            figures.taken(),
            figures.medians(),
            figures.compared());
    JsonNode json = JsonMapper.shared().readTree(evidence.json());
    assertThat(json.at("/on/commit").asString()).matches("[0-9a-f]{40}");
    assertThat(json.at("/on/cpus").asInt()).isPositive();
    assertThat(json.at("/with/options/seed").asLong()).isEqualTo(Options.DEFAULT.seed());
    assertThat(json.at("/cells/expected").asInt()).isEqualTo(2);
    assertThat(json.at("/rounds/1/per_second").asDouble()).isEqualTo(100);
    assertThat(json.get("compared").get(RATE).asDouble()).isEqualTo(0.9);
  }

  @Test
  void aRatioIsTheMedianOfTheRatiosOfTheRounds() {
    var figures =
        new Figures(
            List.of(
                taken(1, "payments", 50), taken(1, "floor", 100),
                taken(2, "payments", 160), taken(2, "floor", 200),
                taken(3, "payments", 9), taken(3, "floor", 10)));
    assertThat(figures.compared()).containsEntry(RATE, 0.8);
  }

  @Test
  void anOptionThatIsNotKnownIsRefused() {
    assertThat(Options.DEFAULT.with("--rounds", "2", "--seed", "9"))
        .isEqualTo(new Options(2, Options.DEFAULT.seconds(), 9));
    assertThatThrownBy(() -> Options.DEFAULT.with("--round", "2")).hasMessageContaining("--round");
    assertThatThrownBy(() -> Options.DEFAULT.with("--rounds")).hasMessageContaining("number");
  }

  private static Figures.Taken taken(int round, String server, double perSecond) {
    return new Figures.Taken(
        round, server, Operation.GET, perSecond, Optional.of(new Figures.Detail(1, 2, 3)));
  }
}
