package dev.manyfactor.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.history.History.Broken;
import dev.manyfactor.chaos.history.Reply.Conclusive;
import dev.manyfactor.chaos.history.Reply.Later;
import dev.manyfactor.chaos.history.Reply.Unknown;
import dev.manyfactor.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Histories in which one thing is wrong, beside one in which nothing is.
class CheckerTests {
  private static final Conclusive DONE = new Conclusive(201, "{\"id\":1}");
  private static final Conclusive REFUSED = new Conclusive(409, "no");
  private static final Unknown UNKNOWN = new Unknown("connection reset");

  private final List<Asked> requests = new ArrayList<>();
  private final List<String> effects = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private final List<String> instants = new ArrayList<>(List.of("02:00", "02:01"));
  private final List<Broken> broken = new ArrayList<>();

  @Test
  void aHistoryInWhichAllIsWellHasNoViolation() {
    ask("a", DONE);
    ask("b", UNKNOWN, new Later(503), DONE, DONE);
    ask("c", REFUSED, REFUSED);
    ask("d", UNKNOWN, REFUSED);
    effects.addAll(List.of("a", "b"));
    done.add("a");
    waiting.add("b");
    assertThat(violations()).isEmpty();
  }

  @Test
  void anAcknowledgedRequestWithoutEffectIsLost() {
    ask("a", UNKNOWN, DONE);
    assertThat(violations()).containsExactly("LOST pay: a under the key key-a");
  }

  @Test
  void twoEffectsOfOneRequestAreFound() {
    ask("a", UNKNOWN, DONE);
    effects.addAll(List.of("a", "a"));
    done.add("a");
    assertThat(violations()).containsExactly("DOUBLED pay: a took effect 2 times");
  }

  @Test
  void anEffectThatNobodyAskedForIsFound() {
    effects.add("x");
    done.add("x");
    assertThat(violations()).containsExactly("UNASKED pay: x");
  }

  @Test
  void aRefusedRequestWithAnEffectIsFound() {
    ask("a", REFUSED);
    effects.add("a");
    done.add("a");
    assertThat(violations()).containsExactly("REFUSED_YET_DONE pay: a under the key key-a: 409 no");
  }

  @Test
  void anUnknownThatIsResolvedTwiceInTwoWaysIsFound() {
    ask("a", UNKNOWN, REFUSED, DONE);
    effects.add("a");
    done.add("a");
    assertThat(violations())
        .containsExactly("CHANGED pay: a under the key key-a: first 409 no, then 201 {\"id\":1}");
  }

  @Test
  void aRepetitionWithOtherBytesIsFound() {
    ask("a", DONE, new Conclusive(201, "{\"id\":2}"));
    effects.add("a");
    done.add("a");
    assertThat(violations())
        .containsExactly(
            "CHANGED pay: a under the key key-a: first 201 {\"id\":1}, then 201 {\"id\":2}");
  }

  @Test
  void withoutAKeyAnAnswerMayChange() {
    requests.add(
        new Asked(
            "pay", "a", Optional.empty(), List.of(DONE, new Conclusive(200, "there already"))));
    effects.add("a");
    done.add("a");
    assertThat(violations()).isEmpty();
  }

  @Test
  void aRequestThatNeverGetsAnAnswerIsFoundAndMayHaveAnEffectOrNone() {
    ask("a", UNKNOWN, new Later(503));
    ask("b", UNKNOWN);
    effects.add("b");
    done.add("b");
    assertThat(violations())
        .containsExactly(
            "UNRESOLVED pay: a under the key key-a, last Later[status=503]",
            "UNRESOLVED pay: b under the key key-b, last Unknown[why=connection reset]");
  }

  @Test
  void aJobThatIsNeitherDoneNorWaitingIsLost() {
    ask("a", DONE);
    effects.add("a");
    assertThat(violations()).containsExactly("JOB_LOST capture: a");
  }

  @Test
  void aJobOfAnUnansweredRequestIsLostAsWell() {
    ask("a", UNKNOWN);
    effects.add("a");
    assertThat(violations()).contains("JOB_LOST capture: a");
  }

  @Test
  void aJobThatIsDoneTwiceOrWaitsTwiceIsFound() {
    ask("a", DONE);
    ask("b", DONE);
    effects.addAll(List.of("a", "b"));
    done.addAll(List.of("a", "a"));
    waiting.addAll(List.of("b", "b"));
    assertThat(violations())
        .containsExactly(
            "DOUBLED capture: a took effect 2 times", "DOUBLED capture: b waits 2 times");
  }

  @Test
  void aJobThatIsDoneAndStillWaitsIsFound() {
    ask("a", DONE);
    effects.add("a");
    done.add("a");
    waiting.add("a");
    assertThat(violations()).containsExactly("JOB_LEFT_OVER capture: a");
  }

  @Test
  void aJobThatNothingCausedIsFound() {
    done.add("x");
    assertThat(violations()).containsExactly("UNASKED capture: x");
  }

  @Test
  void whereNobodyCanSayWhatWaitsEverythingHasToBeDone() {
    ask("a", DONE);
    List<Found> found =
        List.of(
            new Found.OfOperation("pay", List.of("a")),
            new Found.OfJob("capture", "pay", List.of(), Optional.empty()));
    assertThat(Checker.check(new History(requests, found, List.of())))
        .containsExactly(new Violation(Kind.JOB_LOST, "capture", "a"));
  }

  @Test
  void anInstantThatFiredTwiceIsFound() {
    instants.add("02:00");
    assertThat(violations()).containsExactly("DOUBLED settle: 02:00 took effect 2 times");
  }

  @Test
  void anInvariantThatDoesNotHoldIsFound() {
    broken.add(new Broken("it adds up", List.of("acme 3", "globex 4")));
    assertThat(violations()).containsExactly("INVARIANT it adds up: acme 3; globex 4");
  }

  private void ask(String identity, Reply... replies) {
    requests.add(new Asked("pay", identity, Optional.of("key-" + identity), List.of(replies)));
  }

  private List<String> violations() {
    List<Found> found =
        List.of(
            new Found.OfOperation("pay", effects),
            new Found.OfJob("capture", "pay", done, Optional.of(waiting)),
            new Found.OfSchedule("settle", instants));
    return Checker.check(new History(requests, found, broken)).stream()
        .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail()))
        .toList();
  }
}
