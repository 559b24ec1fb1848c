package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class LogsToItsOutputTests {
  private static final String EVENT =
      "        log(\"INFO\", \"request\", method=self.command, path=self.path, trace_id=parent[1])\n";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatWritesItsEventsToItsOutputSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("11-1")))
        .contains("no file grew, and each of 18 requests gave a line")
        .doesNotContain("standard error");
  }

  @Test
  void standardErrorCountsAndIsReported() throws InterruptedException {
    TinyService service = GOOD.changed("flush=True", "flush=True, file=sys.stderr");
    assertThat(Found.observation(service.outcome("11-1")))
        .contains("18 of them on the standard error");
  }

  @Test
  void fileThatGrowsBesideTheOutputIsACounterExample() throws InterruptedException {
    assertThat(Found.counterExample(alsoTo("requests.log", "a").outcome("11-1")))
        .contains("$TMPDIR/requests.log grows with traffic: by ", "bytes with 6 requests");
  }

  @Test
  void fileForEachRequestIsACounterExample() throws InterruptedException {
    assertThat(Found.counterExample(alsoTo("%s.log\" % parent[1] + \"", "w").outcome("11-1")))
        .contains("grows with traffic");
  }

  @Test
  void fileThatIsHeldBackInMemoryIsACounterExample() throws InterruptedException {
    TinyService service =
        GOOD.changed(
                "notes = {}\n", "notes = {}\nkept = open(os.environ[\"TMPDIR\"] + \"/x\", \"w\")\n")
            .changed(EVENT, EVENT + "        kept.write(self.path + \"\\n\")\n")
            .changed("    server.server_close()", "    kept.close()\n    server.server_close()");
    assertThat(Found.counterExample(service.outcome("11-1")))
        .contains("x has a line for each request, written when the process ended");
  }

  @Test
  void fileThatIsWrittenAgainAndAgainDoesNotGrow() throws InterruptedException {
    assertThat(alsoTo("last", "w").outcome("11-1")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void requestWithoutAnEventIsACounterExample() throws InterruptedException {
    String some = "        if self.command == \"POST\":\n    " + EVENT;
    assertThat(Found.counterExample(GOOD.changed(EVENT, some).outcome("11-1")))
        .contains("9 of 18 requests gave no line on the output, the first of them GET /v1/notes");
  }

  @Test
  void linesThatComeWithoutRequestsDoNotStandInForTheirs() throws InterruptedException {
    String chatter =
        """
            def chat():
                while True:
                    threading.Event().wait(0.05)
                    log("INFO", "still here")
            threading.Thread(target=chat, daemon=True).start()
        """;
    TinyService noisy = GOOD.changed("def main():\n", "def main():\n" + chatter);
    assertThat(noisy.outcome("11-1")).isInstanceOf(Outcome.Pass.class);
    assertThat(Found.reason(noisy.changed(EVENT, "        pass\n").outcome("11-1")))
        .contains("noisy", "let the event of a request name its path");
  }

  @Test
  void eventsThatAreHeldBackToTheEndCount() throws InterruptedException {
    TinyService service = GOOD.changed(", flush=True", "");
    assertThat(Found.observation(service.outcome("11-1")))
        .contains("18 requests gave their lines only at the end");
  }

  @Test
  void serviceWithoutSampleThatAnswersNothingIsNotProven() throws InterruptedException {
    TinyService service =
        GOOD.with(
            "manyfactor.yaml",
            """
            name: tiny
            runtime: python 3
            processes:
              web:
                command: /usr/bin/python3 -B service.py
                readiness: port
            """);
    assertThat(Found.reason(service.outcome("11-1"))).contains("no probe operation", "samples");
    assertThat(service.changed("\"/v1/notes\":", "\"/\":").outcome("11-1"))
        .isInstanceOf(Outcome.Pass.class);
  }

  private static TinyService alsoTo(String file, String mode) {
    return GOOD.changed(
        EVENT,
        EVENT
            + "        with open(os.environ[\"TMPDIR\"] + \"/%s\", \"%s\") as also:\n"
                .formatted(file, mode)
            + "            also.write(self.command + \" \" + self.path + \"\\n\")\n");
  }
}
