package dev.manyfactor.prover.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTests {
  private static final Finding SURVIVED = new Finding.Survived("GET / → 200 in 3 ms");
  private static final Finding BROKEN = new Finding.Broken("GET / → 500");
  private static final Finding NOISY = new Finding.Undecided(Reason.NOISY, "on both sides");

  @Test
  void trialsThatAllSurvivePass() {
    assertThat(Outcome.of(evidence(2, SURVIVED, SURVIVED)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void fewerTrialsThanTheMinimumProveNothing() {
    assertThat(Outcome.of(evidence(3, SURVIVED, SURVIVED)))
        .isInstanceOfSatisfying(
            Outcome.NotProven.class,
            outcome -> assertThat(outcome.reason()).isEqualTo(Reason.OUT_OF_BUDGET));
  }

  @Test
  void noTrialAtAllProvesNothing() {
    assertThat(Outcome.of(Evidence.none()).verdict()).isEqualTo(Verdict.NOT_PROVEN);
  }

  @Test
  void falseBeatsUnknownAndUnknownBeatsTrue() {
    assertThat(Outcome.of(evidence(1, SURVIVED, NOISY, BROKEN)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Outcome.of(evidence(1, SURVIVED, NOISY)).verdict()).isEqualTo(Verdict.NOT_PROVEN);
  }

  @Test
  void aMissingControlTakesAPassAway() {
    Evidence evidence =
        new Evidence(
            List.of(trial(SURVIVED, Control.BASELINE)),
            1,
            Set.of(Control.BASELINE, Control.REACHED));
    assertThat(Outcome.of(evidence))
        .isInstanceOfSatisfying(
            Outcome.NotProven.class, outcome -> assertThat(outcome.why()).contains("C1"));
  }

  @Test
  void aFailureOfAFaultThatNeverArrivedIsNone() {
    Evidence evidence =
        new Evidence(List.of(trial(BROKEN, Control.BASELINE)), 1, Set.of(Control.REACHED));
    assertThat(Outcome.of(evidence).verdict()).isEqualTo(Verdict.NOT_PROVEN);
  }

  @Test
  void aServiceThatDoesNotRecoverFailsAllTheSame() {
    Evidence evidence =
        new Evidence(
            List.of(trial(BROKEN, Control.BASELINE, Control.REACHED)),
            1,
            Set.of(Control.BASELINE, Control.REACHED, Control.RECOVERED));
    assertThat(Outcome.of(evidence).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aPassCannotBeMadeOfNothing() {
    assertThatThrownBy(() -> new Outcome.Pass(Evidence.none()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Outcome.Pass(evidence(1, SURVIVED, BROKEN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Outcome.Pass(evidence(1, SURVIVED, NOISY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Outcome.Pass(new Evidence(List.of(trial(SURVIVED)), 1, Set.of(Control.REACHED))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void evidenceTakesAtLeastOneTrial() {
    assertThatThrownBy(() -> new Evidence(List.of(), 0, Set.of()))
        .hasMessageContaining("at least 1 trial");
  }

  @Test
  void nothingElseCanBeMadeWithoutSayingWhy() {
    assertThatThrownBy(() -> new Outcome.Fail(evidence(1, SURVIVED)))
        .hasMessageContaining("counter-example");
    assertThatThrownBy(() -> new Outcome.NotApplicable(" ")).hasMessageContaining("observation");
    assertThatThrownBy(() -> new Outcome.NotProven(Reason.NOISY, "", Evidence.none()))
        .hasMessageContaining("why");
    assertThatThrownBy(() -> new Outcome.HarnessError("")).hasMessageContaining("what failed");
    assertThatThrownBy(() -> new Finding.Survived("")).hasMessageContaining("observed");
  }

  @Test
  void aWaiverKeepsWhatItHidesAndHidesNoPass() {
    Waiver waiver = new Waiver("09-2", "known", "team", LocalDate.of(2027, 1, 1));
    Outcome failed = Outcome.of(evidence(1, BROKEN));
    assertThat(new Outcome.Waived(waiver, failed).hidden()).isSameAs(failed);
    assertThatThrownBy(() -> new Outcome.Waived(waiver, Outcome.of(evidence(1, SURVIVED))))
        .hasMessageContaining("waived");
  }

  private static Evidence evidence(int minimum, Finding... findings) {
    return new Evidence(
        List.of(findings).stream().map(finding -> trial(finding)).toList(), minimum, Set.of());
  }

  private static TrialRecord trial(Finding finding, Control... held) {
    Map<Control, String> controls =
        List.of(held).stream()
            .collect(java.util.stream.Collectors.toMap(control -> control, _ -> "it did"));
    return new TrialRecord("1 of 1", finding, controls, List.of(), Duration.ofMillis(5));
  }
}
