package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IsReadyInTimeTests {
  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final TinyService SERVICE =
      TinyService.good().declared("samples:", "deadlines: {ready: 1s}\nsamples:");

  @Test
  void serviceThatIsReadySoonSurvives() throws InterruptedException {
    assertThat(TinyService.good().outcome("09-1")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void serviceThatIsNeverReadyFails() throws InterruptedException {
    Outcome outcome =
        SERVICE
            .changed("self.answer(200, {\"status\": \"ready\"})", "self.answer(503, {})")
            .outcome("09-1");
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    assertThat(((Outcome.Fail) outcome).counterExample())
        .contains("ready within 1000 ms", "of 2 starts the quickest was not");
  }

  @Test
  void serviceThatEndsAtOnceFailsAndItsLastWordsAreTold() throws InterruptedException {
    Outcome outcome = SERVICE.changed("\n\nmain()", "\n\nsys.exit(\"no config\")").outcome("09-1");
    assertThat(((Outcome.Fail) outcome).counterExample()).contains("exit code 1", "no config");
  }

  @Test
  void serviceOfWhichNothingTellsItsReadinessIsNotProven() throws InterruptedException {
    Outcome outcome = SERVICE.declared("readiness: /readyz", "readiness: none").outcome("09-1");
    assertThat(outcome).isInstanceOf(Outcome.NotProven.class);
    assertThat(((Outcome.NotProven) outcome).why()).contains("readiness: /readyz");
  }

  @Test
  void medianDecidesForIt() {
    assertThat(judged(90, 300, 80)).isInstanceOf(Finding.Survived.class);
  }

  @Test
  void onlyTheQuickestStartDecidesAgainstIt() {
    assertThat(judged(120, 300, 110)).isInstanceOf(Finding.Broken.class);
    assertThat(judged(120, 300, 90))
        .isInstanceOfSatisfying(
            Finding.Undecided.class,
            undecided -> assertThat(undecided.reason()).isEqualTo(Reason.NOISY));
  }

  @Test
  void machineThatStartsAShellSlowlyMeasuresNothing() {
    assertThat(SlowMachine.isShownBy(measured(400, 600, 5))).isTrue();
    assertThat(SlowMachine.isShownBy(measured(4, 600, 5))).isFalse();
  }

  private static Finding judged(long... millis) {
    return IsReadyInTime.judged(measured(millis), LIMIT, "");
  }

  private static Measured measured(long... millis) {
    List<Duration> samples = LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
    return new Measured(samples);
  }
}
