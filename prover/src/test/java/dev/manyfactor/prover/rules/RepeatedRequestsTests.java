package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Verdict;
import org.junit.jupiter.api.Test;

class RepeatedRequestsTests {
  @Test
  void aServiceThatKnowsNoKeysFails() throws InterruptedException {
    assertThat(TinyService.good().outcome("18-1"))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            failure -> assertThat(failure.counterExample()).contains("the same key and body got"));
  }

  @Test
  void aServiceThatKeepsAnswersByKeyPasses() throws InterruptedException {
    assertThat(keyed().outcome("18-1").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void anEffectBehindEqualAnswersIsSeen() throws InterruptedException {
    TinyService twice =
        keyed()
            .changed(
                "notes.setdefault(name", "notes[os.urandom(8).hex()] = 1; notes.setdefault(name");
    assertThat(twice.outcome("18-1"))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            failure ->
                assertThat(failure.counterExample()).contains("changed something each time"));
  }

  @Test
  void anInstanceThatRemembersForItselfAloneFailsTheRace() throws InterruptedException {
    assertThat(keyed().outcome("18-2"))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            failure -> assertThat(failure.counterExample()).contains("different answers"));
  }

  @Test
  void withoutASampleThatChangesAnythingThereIsNothingToRepeat() throws InterruptedException {
    TinyService reading =
        TinyService.good()
            .declared(
                """
                  - request: POST /v1/notes
                    body: {text: "note {unique}"}
                    read: /v1/notes/{id}
                    idempotency: none
                """,
                "");
    assertThat(reading.outcome("18-1"))
        .isInstanceOfSatisfying(
            Outcome.NotProven.class,
            outcome -> assertThat(outcome.reason()).isEqualTo(Reason.NO_PROBE_OPERATION));
  }

  @Test
  void withoutAContractNobodyKnowsWhatIsPublic() throws InterruptedException {
    assertThat(TinyService.good().outcome("15-1"))
        .isInstanceOfSatisfying(
            Outcome.NotProven.class, outcome -> assertThat(outcome.why()).contains("contract:"));
  }

  /// One that keeps what it has answered by key, in its memory.
  static TinyService keyed() {
    return TinyService.good()
        .changed(
            "name = os.urandom(8).hex()",
            "name = keys.setdefault(self.headers.get('Idempotency-Key'), os.urandom(8).hex())")
        .changed(
            "notes[name] = {\"id\": name, \"text\": text}",
            "notes.setdefault(name, {\"id\": name, \"text\": text})")
        .changed("notes = {}\n", "notes = {}\nkeys = {}\n");
  }
}
