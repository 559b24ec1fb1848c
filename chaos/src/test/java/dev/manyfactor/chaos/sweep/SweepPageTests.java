package dev.manyfactor.chaos.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.sweep.SweepReport.Finding;
import dev.manyfactor.faults.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepPageTests {
  private static final Spot COMMIT = new Spot(3, "EXECUTE commit", 1);
  private static final Finding VIOLATED =
      new Finding(
          new Cell("pay", COMMIT, Moment.ANSWER_HELD, Fault.KILL),
          new Verdict.Violated(List.of("2 effects of s1 under one key")));
  private static final Finding MISSED =
      new Finding(
          new Cell("pay", COMMIT, Moment.AFTER, Fault.CUT), new Verdict.Missed("answered without"));

  @Test
  void thePageHasWhatWasExpectedWhatHasRunAndWhatWasSeen() {
    assertThat(SweepPage.of(report(List.of(VIOLATED, MISSED), 29)))
        .contains(
            "payments at 0123456789ab, all of 30 cells in 90 s, seed 7",
            "  pay                      web                  3       30        30       29           1",
            "VIOLATION pay, message 3 EXECUTE commit: process killed with its answer swallowed",
            "  2 effects of s1 under one key",
            "NOT RUN pay, message 3 EXECUTE commit: connection cut after its answer",
            "cells expected 30, cells run 29, violations 1");
  }

  @Test
  void jsonNamesTheCell() {
    JsonNode json = JsonMapper.shared().readTree(SweepJson.of(report(List.of(VIOLATED), 30)));
    assertThat(json.path("cells_run").asInt()).isEqualTo(30);
    JsonNode violation = json.path("violations").path(0);
    assertThat(violation.path("label").asString()).isEqualTo("EXECUTE commit");
    assertThat(violation.path("moment").asString()).isEqualTo("answer_held");
    assertThat(violation.path("fault").asString()).isEqualTo("kill");
    assertThat(violation.path("seen").path(0).asString()).startsWith("2 effects");
  }

  @Test
  void aSweepThatMissedACellOrHadNoneShowsNothing() {
    assertThat(report(List.of(), 30).isClean()).isTrue();
    assertThat(report(List.of(MISSED), 29).isClean()).isFalse();
    assertThat(report(List.of(VIOLATED), 30).isClean()).isFalse();
    SweepReport empty =
        new SweepReport(
            new SweepReport.Run("payments", "unknown", 7, false), List.of(), Duration.ZERO);
    assertThat(empty.isClean()).isFalse();
  }

  private static SweepReport report(List<Finding> findings, int done) {
    return new SweepReport(
        new SweepReport.Run("payments", "0123456789abcdef", 7, false),
        List.of(new SweepReport.Subject("pay", "web", 3, 30, 30, done, findings)),
        Duration.ofSeconds(90));
  }
}
