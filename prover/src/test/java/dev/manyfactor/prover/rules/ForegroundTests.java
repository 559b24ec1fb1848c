package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class ForegroundTests {
  private static final String MAIN = "    host = os.environ.get(\"HOST\", \"0.0.0.0\")\n";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatStaysSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("08-4"))).contains("stays, with 0 processes below");
  }

  @Test
  void serviceThatDaemonisesIsACounterExample() throws InterruptedException {
    TinyService daemon = first("    if os.fork():\n        os._exit(0)\n    os.setsid()\n");
    assertThat(Found.counterExample(daemon.outcome("08-4")))
        .contains("but it has ended", "service.py` lives on without it");
  }

  @Test
  void childThatLeavesIsACounterExample() throws InterruptedException {
    TinyService helper =
        first(
            """
                if os.fork() == 0:
                    if os.fork() == 0:
                        os.execvp("sleep", ["sleep", "60"])
                    os._exit(0)
                os.wait()
            """);
    assertThat(Found.counterExample(helper.outcome("08-4"))).contains("`sleep 60` has left for");
  }

  @Test
  void childThatStaysBelowItIsFine() throws InterruptedException {
    TinyService helper =
        first("    if os.fork() == 0:\n        os.execvp(\"sleep\", [\"sleep\", \"60\"])\n");
    assertThat(Found.observation(helper.outcome("08-4"))).contains("with 1 processes below");
  }

  @Test
  void fileWithItsNumberIsACounterExampleWhateverItsName() throws InterruptedException {
    TinyService locked =
        first("    open(os.environ[\"TMPDIR\"] + \"/lock\", \"w\").write(str(os.getpid()))\n");
    assertThat(Found.counterExample(locked.outcome("08-4"))).contains("$HOME/lock holds");
  }

  @Test
  void serviceThatEndsAndLeavesNothingIsOpen() throws InterruptedException {
    assertThat(Found.reason(first("    sys.exit(3)\n").outcome("08-4"))).contains("exit code 3");
  }

  @Test
  void serviceThatIsDeafWhileItStartsIsACounterExample() throws InterruptedException {
    TinyService deaf =
        first(
                """
                    import time
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    time.sleep(1)
                """)
            .declared("samples:", "deadlines: {stop: 2s}\nsamples:");
    assertThat(Found.counterExample(deaf.outcome("09-6")))
        .contains("after its start", "still ran 2000 ms after SIGTERM");
  }

  @Test
  void serviceThatIsConfusedByASecondSignalIsACounterExample() throws InterruptedException {
    TinyService confused =
        GOOD.changed(
                "    stop = lambda *_: threading.Thread(target=server.shutdown).start()\n",
                """
                    asked = []
                    def stop(*_):
                        asked.append(1)
                        threading.Timer(0.5, lambda: len(asked) == 1 and server.shutdown()).start()
                """)
            .declared("samples:", "deadlines: {stop: 2s}\nsamples:");
    assertThat(Found.counterExample(confused.outcome("09-6"))).contains("got SIGTERM twice");
  }

  @Test
  void oneProcessTypeHasNobodyToStartWithout() throws InterruptedException {
    assertThat(GOOD.outcome("08-3")).isInstanceOf(Outcome.NotApplicable.class);
  }

  @Test
  void typeThatGivesUpAloneIsACounterExample() throws InterruptedException {
    TinyService waiting =
        GOOD.declared(
            "samples:", "  worker:\n    command: sleep 1; exit 7\n    readiness: none\nsamples:");
    assertThat(Found.counterExample(waiting.outcome("08-3")))
        .contains("worker was to start where no other", "exit code 7");
  }

  private static TinyService first(String lines) {
    return GOOD.changed(MAIN, lines + MAIN);
  }
}
