package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.rules.SteadyRequests.Sent;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Exchange.Kind;
import dev.manyfactor.prover.trial.Exchange.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainTests {
  private static final List<Sent> UNREADY_AT_ONCE = List.of(answered(0, 200), answered(20, 503));

  @Test
  void connectionThatIsLostWhileTheListenerClosesIsReportedAndNotCounted() {
    assertThat(drain(UNREADY_AT_ONCE, lost(900, Kind.RESET)))
        .isInstanceOfSatisfying(
            Finding.Survived.class,
            survived ->
                assertThat(survived.observation())
                    .endsWith("none reset, but for 1 that came while the listener closed"));
  }

  @Test
  void connectionThatIsLostAfterItWaitedCounts() {
    assertThat(drain(UNREADY_AT_ONCE, lost(500, Kind.RESET)))
        .isInstanceOfSatisfying(
            Finding.Broken.class,
            broken ->
                assertThat(broken.counterExample()).contains("made 500 ms after SIGTERM", "reset"));
    assertThat(drain(UNREADY_AT_ONCE, lost(500, Kind.ENDED))).isInstanceOf(Finding.Broken.class);
    assertThat(drain(UNREADY_AT_ONCE, lost(500, Kind.TIMEOUT))).isInstanceOf(Finding.Broken.class);
  }

  @Test
  void serviceThatIsUnreadyForAMomentOnlyIsNotProven() {
    assertThat(drain(List.of(answered(20, 200), answered(950, 503)), answered(500, 200)))
        .isInstanceOfSatisfying(
            Finding.Undecided.class,
            undecided -> assertThat(undecided.why()).contains("too short"));
  }

  @Test
  void questionThatNobodyAnswersTurnsAwayWhileOthersAreLetIn() {
    assertThat(drain(List.of(lost(20, Kind.REFUSED)), answered(500, 200)))
        .isInstanceOf(Finding.Survived.class);
  }

  @Test
  void questionThatNobodyAnswersAtTheEndTurnsNobodyAway() {
    assertThat(drain(List.of(answered(900, 200), lost(1000, Kind.REFUSED)), answered(500, 200)))
        .isInstanceOf(Finding.Broken.class);
  }

  /// A service that answers until its listener closes a second after the signal.
  private static Finding drain(List<Sent> questions, Sent request) {
    List<Sent> requests = new ArrayList<>(List.of(answered(-20, 200), request));
    requests.add(answered(980, 200));
    requests.add(lost(1000, Kind.REFUSED));
    List<Sent> shifted = questions.stream().map(DrainTests::shifted).toList();
    return new Drain(
            Duration.ofSeconds(1), requests.stream().map(DrainTests::shifted).toList(), shifted)
        .finding();
  }

  /// The signal comes a second after the beginning.
  private static Sent shifted(Sent sent) {
    return new Sent(sent.at().plusSeconds(1), sent.until().plusSeconds(1), sent.exchange());
  }

  private static Sent answered(int millis, int status) {
    return sent(millis, new Result.Answer(status, Map.of(), ""));
  }

  private static Sent lost(int millis, Kind kind) {
    return sent(millis, new Result.Broken(kind, "as planned"));
  }

  private static Sent sent(int millis, Result result) {
    Duration at = Duration.ofMillis(millis);
    return new Sent(
        at, at.plusMillis(1), new Exchange(Call.get("/"), result, 0, Duration.ofMillis(1)));
  }
}
