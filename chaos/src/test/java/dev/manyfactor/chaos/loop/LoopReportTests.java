package dev.manyfactor.chaos.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.history.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoopReportTests {
  private static final Figures SOME = new Figures(10, 17, 8, 2, 3, 4, 1, 2);

  @Test
  void aLoopWhoseFaultsHitNothingSaysSo() {
    LoopReport report =
        report(
            SOME,
            List.of(
                strike(FaultKind.KILL, true, 100),
                strike(FaultKind.CUT, false, 200),
                strike(FaultKind.CUT, false, 200)),
            List.of());
    assertThat(report.unproven())
        .containsExactly("connections cut: all 2 times there was nothing to hit");
    assertThat(LoopPage.of(report))
        .contains("NOT PROVEN connections cut: all 2 times there was nothing to hit");
  }

  @Test
  void aLoopWithoutFaultsSuccessesOrEffectsShowsNothing() {
    LoopReport report =
        new LoopReport(
            run(),
            new Figures(5, 9, 0, 0, 4, 9, 0, 0),
            List.of(),
            List.of(new LoopReport.Work("pay", 0, Optional.empty())),
            List.of());
    assertThat(report.unproven())
        .containsExactly("nothing was broken", "no request succeeded", "pay had no effect at all");
  }

  @Test
  void recoveriesAreToldByKind() {
    LoopReport report =
        report(
            SOME,
            Stream.of(300, 100, 900).map(millis -> strike(FaultKind.CRASH, true, millis)).toList(),
            List.of());
    LoopReport.Tally crash =
        report.tallies().stream()
            .filter(tally -> tally.kind() == FaultKind.CRASH)
            .findFirst()
            .orElseThrow();
    assertThat(crash)
        .isEqualTo(
            new LoopReport.Tally(
                FaultKind.CRASH,
                3,
                3,
                Optional.of(Duration.ofMillis(300)),
                Optional.of(Duration.ofMillis(900))));
  }

  @Test
  void theReportSaysTheSeedTheFiguresAndEachViolation() {
    LoopReport report =
        report(
            SOME,
            List.of(strike(FaultKind.KILL, true, 100)),
            List.of(new Violation(Violation.Kind.LOST, "pay", "c1n7")));
    assertThat(String.join("\n", LoopPage.of(report)))
        .contains("seed 4711")
        .contains("10 requests, 8 acknowledged, 2 refused, 3 needed more than one sending")
        .contains("17 sendings, 4 without an answer, 1 answered with not now")
        .contains("VIOLATION pay: acknowledged, but there is no effect: c1n7")
        .endsWith("1 violation; the same faults come again with --seed 4711");

    JsonNode json = JsonMapper.shared().readTree(LoopJson.of(report));
    assertThat(json.at("/seed").asLong()).isEqualTo(4711);
    assertThat(json.at("/minutes").asDouble()).isEqualTo(1.5);
    assertThat(json.at("/clients/acknowledged").asLong()).isEqualTo(8);
    assertThat(json.at("/faults/0/kind").asString("")).isEqualTo("kill");
    assertThat(json.at("/faults/0/hit").asLong()).isEqualTo(1);
    assertThat(json.at("/violations/0/kind").asString("")).isEqualTo("lost");
    assertThat(json.at("/violations/0/detail").asString("")).isEqualTo("c1n7");
  }

  private static Strike strike(FaultKind kind, boolean hit, int recovery) {
    return new Strike(
        new Fault(Duration.ZERO, kind, "it", Duration.ZERO),
        Duration.ZERO,
        hit,
        "",
        Optional.of(Duration.ofMillis(recovery)));
  }

  private static LoopReport.Run run() {
    return new LoopReport.Run(
        "payments", "0123456789ab", 4711, Duration.ofMinutes(2), Duration.ofSeconds(90), false);
  }

  private static LoopReport report(
      Figures figures, List<Strike> strikes, List<Violation> violations) {
    return new LoopReport(
        run(),
        figures,
        strikes,
        List.of(new LoopReport.Work("pay", 8, Optional.of(0L))),
        violations);
  }
}
