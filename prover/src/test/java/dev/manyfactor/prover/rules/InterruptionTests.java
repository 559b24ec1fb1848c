package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is killed, or loses an answer, between two statements.
class InterruptionTests {
  private static final String MANIFEST =
      """
      name: keeping
      runtime: python 3
      processes:
        web:
          command: /usr/bin/python3 -B service.py web
          readiness: /readyz
      tasks:
        migrate:
          command: /usr/bin/python3 -B service.py migrate
      release: migrate
      dependencies:
        - name: database
          kind: postgres
          version: 18
      deadlines: {recovery: 4s}
      samples:
        - request: POST /v1/notes
          body: {text: "note {unique}"}
          idempotency: key
      """;

  @Test
  void serviceWithOneTransactionPassesAll() throws InterruptedException {
    assertThat(outcomes(keeping(), "09-4", "12-4", "18-4", "18-5"))
        .hasSize(4)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Pass.class));
  }

  @Test
  void keyThatIsStoredAfterItsEffectIsFoundByEachInterruption() throws InterruptedException {
    TinyService twice =
        keeping()
            .changed(
                "insert into request (key) values (%s) on conflict do nothing\", [key])\n        if cursor.rowcount == 0:",
                "select answer from request where key = %s\", [key])\n        if cursor.rowcount > 0:")
            .changed(
                "cursor.execute(\"update request set answer = %s where key = %s\", [answer, key])",
                "connection.commit(); cursor.execute(\"insert into request (answer, key) values (%s, %s)\", [answer, key])");
    List<Outcome> outcomes = outcomes(twice, "09-4", "18-4", "18-5");
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Pass.class); // whole, though unacknowledged
    assertThat(Found.counterExample(outcomes.get(1)))
        .contains("the process was killed", "public.note=2", "where one effect adds");
    assertThat(Found.counterExample(outcomes.get(2)))
        .contains("its answer lost", "public.note=2", "where one effect adds");
  }

  @Test
  void answerBeforeTheCommitIsFound() throws InterruptedException {
    TinyService early =
        keeping()
            .changed(
                "        connection.commit()\n",
                "        threading.Timer(0.05, connection.commit).start()\n");
    assertThat(Found.counterExample(outcomes(early, "09-4").getFirst()))
        .containsPattern("was acknowledged.* but|it is not there");
  }

  @Test
  void taskThatIsNotFinishedAndOneThatPretendsAreFound() throws InterruptedException {
    TinyService stuck =
        keeping()
            .changed(
                "for step in STEPS:", "for step in STEPS:\n                connection.commit()")
            .changed("table if not exists word", "table word")
            .changed("table if not exists request", "table request");
    assertThat(Found.counterExample(outcomes(stuck, "12-4").getFirst()))
        .contains("migrate was killed before statement", "run again it was to end with 0, but it");
    TinyService pretends =
        keeping()
            .changed("    migrate()\nelse", "    pretend()\nelse")
            .changed(
                "def make(",
                "def pretend():\n    try:\n        migrate()\n    except psycopg2.Error:\n        pass\n\n\ndef make(");
    assertThat(Found.counterExample(outcomes(pretends, "12-4").getFirst()))
        .contains("it ended with 0 all the same", "did not do its work");
  }

  @Test
  void callThatIsMadeAgainWithoutAKeyIsFound() throws InterruptedException {
    assertThat(Found.counterExample(outcomes(calling(""), "18-5").getFirst()))
        .contains("an answer of \"cards\" was lost", "called as if for 2", "without a key");
    String forwarded =
        ", headers={\"Idempotency-Key\": self.headers[\"Idempotency-Key\"] or \"none\"}";
    assertThat(outcomes(calling(forwarded), "18-5").getFirst()).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void withoutADatabaseOrATaskThereIsNothingToInterrupt() throws InterruptedException {
    assertThat(outcomes(RepeatedRequestsTests.keyed(), "09-4", "12-4", "18-4", "18-5"))
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.NotApplicable.class));
  }

  private static TinyService keeping() {
    return new TinyService(
        Map.of("service.py", TinyService.resource("keeping.py"), "manyfactor.yaml", MANIFEST));
  }

  /// One that calls another service for each note; that has no folder of its own here.
  private static TinyService calling(String more) {
    return RepeatedRequestsTests.keyed()
        .changed("import json\n", "import json\nfrom urllib.request import Request, urlopen\n")
        .changed(
            "        else:\n            name = keys",
            """
                    else:
                        try:
                            urlopen(Request(os.environ["CARDS_URL"] + "/v1/charges", b"{}"%s), timeout=2).read()
                        except OSError:
                            return self.answer(503, {})
                        name = keys\
            """
                .formatted(more))
        .declared(
            "samples:",
            "dependencies:\n  - name: cards\n    kind: service\n    path: .\ndeadlines: {recovery: 4s}\nsamples:");
  }

  private static List<Outcome> outcomes(TinyService service, String... requirements)
      throws InterruptedException {
    return service
        .report(new Choice(Set.of(), Set.of(requirements)), Duration.ofMinutes(5), _ -> {})
        .results()
        .stream()
        .map(Result::outcome)
        .toList();
  }
}
