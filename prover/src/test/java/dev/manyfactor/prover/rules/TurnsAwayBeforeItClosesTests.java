package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import org.junit.jupiter.api.Test;

class TurnsAwayBeforeItClosesTests {
  private static final TinyService SERVICE = TinyService.draining();

  @Test
  void serviceThatTurnsAwayServesOnAndThenClosesSurvives() throws InterruptedException {
    Outcome outcome = SERVICE.outcome("09-3");
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    assertThat(((Outcome.Pass) outcome).evidence().trials().getFirst().finding())
        .isInstanceOfSatisfying(
            Finding.Survived.class,
            survived -> assertThat(survived.observation()).contains("served on for", "none reset"));
  }

  @Test
  void serviceThatStaysReadyUntilItClosesFails() throws InterruptedException {
    assertThat(counterExample(SERVICE.changed("503 if stopping.is_set() else 200", "200")))
        .contains("readiness was to turn away before the listener closed");
  }

  @Test
  void serviceThatClosesAsSoonAsItTurnsAwayDoesNotSurvive() throws InterruptedException {
    assertThat(SERVICE.changed("    time.sleep(1)\n", "").outcome("09-3"))
        .isNotInstanceOf(Outcome.Pass.class);
  }

  @Test
  void serviceThatEndsAtOnceFails() throws InterruptedException {
    assertThat(
            counterExample(
                SERVICE.changed("lambda *_: threading", "lambda *_: os._exit(0) or threading")))
        .contains("readiness was to turn away before the listener closed");
  }

  @Test
  void serviceThatLetsConnectionsWaitAndThenDropsThemFails() throws InterruptedException {
    String drained =
        "    while select.select([server.socket], [], [], 0)[0]:\n        server.handle_request()";
    assertThat(counterExample(SERVICE.changed(drained, "    time.sleep(1)\n    #")))
        .contains("a connection that was made", "reset");
  }

  @Test
  void serviceThatDoesNotCloseIsNotProven() throws InterruptedException {
    Outcome outcome =
        SERVICE
            .changed("    server.shutdown()", "    pass")
            .declared("samples:", "deadlines: {stop: 2s}\nsamples:")
            .outcome("09-3");
    assertThat(((Outcome.NotProven) outcome).why()).contains("still accepted", "09-2");
  }

  @Test
  void serviceOfWhichOnlyThePortTellsIsNotProven() throws InterruptedException {
    Outcome outcome = SERVICE.declared("readiness: /readyz", "readiness: port").outcome("09-3");
    assertThat(((Outcome.NotProven) outcome).reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(((Outcome.NotProven) outcome).why()).contains("`readiness: /readyz`");
  }

  private static String counterExample(TinyService service) throws InterruptedException {
    Outcome outcome = service.outcome("09-3");
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }
}
