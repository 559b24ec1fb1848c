package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class EndsWhereItsPortIsTakenTests {
  private static final String BIND =
      "    server = Server((host, int(os.environ[\"PORT\"])), Handler)\n";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatEndsSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("07-3")))
        .contains("it ended with exit code 1", "Address already in use");
  }

  @Test
  void serviceThatTakesTheNextPortIsACounterExample() throws InterruptedException {
    String search =
        """
            port = int(os.environ["PORT"])
            while True:
                try:
                    server = Server((host, port), Handler)
                    break
                except OSError:
                    port += 1
        """;
    assertThat(Found.counterExample(refusing(search).outcome("07-3")))
        .contains("which is taken, it listens on", "instead");
  }

  @Test
  void serviceThatEndsAsIfAllWereWellIsACounterExample() throws InterruptedException {
    assertThat(Found.counterExample(refusing(caught("sys.exit(0)")).outcome("07-3")))
        .contains("ended with exit code 0");
  }

  @Test
  void serviceThatStaysWithoutAPortIsACounterExample() throws InterruptedException {
    assertThat(Found.counterExample(refusing(caught("threading.Event().wait()")).outcome("07-3")))
        .contains("still runs after");
  }

  @Test
  void serviceThatEndsWithoutAWordIsStartedAgainWithThePortFree() throws InterruptedException {
    Outcome outcome = refusing(caught("sys.exit(3)")).outcome("07-3");
    assertThat(Found.observation(outcome)).contains("exit code 3");
    assertThat(((Outcome.Pass) outcome).evidence().trials().getFirst().controls().values())
        .containsExactly("started again with the port free, it became ready");
  }

  private static TinyService refusing(String bind) {
    return GOOD.changed(BIND, bind)
        .with("manyfactor.yaml", GOOD.files().get("manyfactor.yaml") + "deadlines: {ready: 2s}\n");
  }

  private static String caught(String then) {
    return "    try:\n    %s    except OSError:\n        %s\n".formatted(BIND, then);
  }
}
