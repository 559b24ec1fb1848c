package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Ports;
import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class CoexistsOnOneHostTests {
  private static final String MAIN = "def main():\n";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void twoInstancesThatShareNothingSurvive() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("07-2")))
        .contains("both were up at the same time", "from web A", "from web B");
  }

  @Test
  void portForAdministrationThatIsFixedIsACounterExample() throws InterruptedException {
    String listens =
        "    import socket; admin = socket.create_server((\"127.0.0.1\", %d))\n"
            .formatted(Ports.free());
    assertThat(Found.counterExample(GOOD.changed(MAIN, MAIN + listens).outcome("07-2")))
        .contains("a second one with other ports ended with exit code 1", "already in use");
  }

  @Test
  void portForAdministrationThatAVariableNamesIsNone() throws InterruptedException {
    String listens =
        "    import socket; admin = socket.create_server((\"\", int(os.environ[\"ADMIN_PORT\"])))\n";
    TinyService service =
        GOOD.changed(MAIN, MAIN + listens)
            .declared(
                "samples:", "environment:\n  ADMIN_PORT: %d\nsamples:".formatted(Ports.free()));
    assertThat(service.outcome("07-2")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void processFileIsACounterExample() throws InterruptedException {
    String locks =
        """
            path = os.path.join(os.environ["TMPDIR"], "tiny.pid")
            if os.path.exists(path):
                sys.exit("it runs already")
            open(path, "w").write(str(os.getpid()))
        """;
    assertThat(Found.counterExample(GOOD.changed(MAIN, MAIN + locks).outcome("07-2")))
        .contains("ended with exit code 1: it runs already");
  }

  @Test
  void lockOfAProcessThatServesNobodyIsFoundToo() throws InterruptedException {
    String worker =
        """
        import fcntl, os, time
        lock = open(os.path.join(os.environ["TMPDIR"], "lock"), "w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("works", flush=True)
        time.sleep(600)
        """;
    TinyService service =
        GOOD.with("worker.py", worker)
            .declared(
                "processes:",
                "processes:\n  worker:\n    command: /usr/bin/python3 worker.py\n    readiness: none");
    assertThat(Found.counterExample(service.outcome("07-2")))
        .contains("with one worker running", "BlockingIOError");
  }

  @Test
  void instanceThatEndsTheFormerOneIsACounterExample() throws InterruptedException {
    String takesOver =
        """
            path = os.path.join(os.environ["TMPDIR"], "tiny.pid")
            if os.path.exists(path):
                os.kill(int(open(path).read()), signal.SIGKILL)
            open(path, "w").write(str(os.getpid()))
        """;
    assertThat(Found.counterExample(GOOD.changed(MAIN, MAIN + takesOver).outcome("07-2")))
        .containsAnyOf(
            "with two running, web A ended with exit code 137",
            "Operation not permitted"); // where Landlock keeps signals in, too
  }
}
