package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The formation that rules share which only talk.
class StandingTests {
  private static final String FIRST = "11-3"; // sends 20 requests
  private static final String SECOND = "18-1";

  @Test
  void theSecondTalksToTheProcessOfTheFirstAndSaysSo() throws InterruptedException {
    Both outcomes = Both.of(RepeatedRequestsTests.keyed());
    assertThat(events(outcomes.second()))
        .contains("runs already; who has talked to it: the baseline, 11-3")
        .doesNotContain("start: ");
  }

  @Test
  void whoFindsTheProcessDeadStartsItsOwn() throws InterruptedException {
    TinyService dying =
        RepeatedRequestsTests.keyed()
            .changed("keys = {}\n", "keys = {}\nserved = []\n")
            .changed("trace_id=parent[1])", "trace_id=parent[1]); self.age()")
            .changed(
                "    def log_message",
                """
                    def age(self):
                        served.extend([1] if self.path.startswith("/v1") else [])
                        if len(served) == 22:
                            os._exit(3)

                    def log_message\
                """);
    Both outcomes = Both.of(dying);
    assertThat(outcomes.first()).isInstanceOf(Outcome.Pass.class);
    assertThat(outcomes.second()).isInstanceOf(Outcome.Pass.class);
    assertThat(events(outcomes.second())).contains("start: ").doesNotContain("runs already");
  }

  @Test
  void whatIsWrongOnlyWhereOthersHaveTalkedIsNotHeldAgainstTheService()
      throws InterruptedException {
    TinyService tired =
        RepeatedRequestsTests.keyed()
            .changed("keys = {}\n", "keys = {}\nserved = []\n")
            .changed("name = keys", "served.append(1); name = keys")
            .changed(
                "self.headers.get('Idempotency-Key')",
                "self.headers.get('Idempotency-Key') if len(served) < 9 else os.urandom(8)");
    assertThat(Found.reason(Both.of(tired).second()))
        .contains("noisy", "not again on a start of its own", "the same key and body got");
  }

  private record Both(Outcome first, Outcome second) {
    static Both of(TinyService service) throws InterruptedException {
      List<Result> results =
          service
              .report(new Choice(Set.of(), Set.of(FIRST, SECOND)), Duration.ofMinutes(5), _ -> {})
              .results();
      return new Both(results.getFirst().outcome(), results.getLast().outcome());
    }
  }

  private static String events(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    return ((Outcome.Pass) outcome)
        .evidence().trials().getFirst().transcript().stream()
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
  }
}
