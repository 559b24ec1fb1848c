package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Ports;
import dev.manyfactor.prover.outcome.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListensOnThePortItIsToldTests {
  private static final String TOLD = "int(os.environ[\"PORT\"])";
  private static final String SERVES = "    server.serve_forever";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatListensWhereItIsToldSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("07-1"))).contains("and on no other port");
  }

  @Test
  void portInTheCodeIsNamed() throws InterruptedException {
    int fixed = Ports.free();
    TinyService service =
        GOOD.changed(TOLD, String.valueOf(fixed)).declared("readiness: /readyz", "readiness: none");
    assertThat(Found.counterExample(service.outcome("07-1")))
        .contains("it listens on %d instead".formatted(fixed));
  }

  @Test
  void portInTheCodeThatIsTakenIsFoundByWhatTheServiceSays() throws Exception {
    try (TakenPort taken = TakenPort.take()) {
      assertThat(
              Found.counterExample(
                  GOOD.changed(TOLD, String.valueOf(taken.port())).outcome("07-1")))
          .contains("which is free, it ended for want of another one", "already in use");
    }
  }

  @Test
  void portThatNobodyToldIsACounterExample() throws InterruptedException {
    TinyService service =
        GOOD.changed(
            SERVES, "    import socket; extra = socket.create_server((host, 0))\n" + SERVES);
    assertThat(Found.counterExample(service.outcome("07-1")))
        .contains("too, which no variable names");
  }

  @Test
  void portsThatVariablesNameAreNoCounterExample() throws InterruptedException {
    int declared = Ports.free();
    String opens =
        """
            import socket
            first = socket.create_server((host, int(os.environ["MANAGEMENT_PORT"])))
            second = socket.create_server((host, int(os.environ["ADMIN_PORT"])))
        """;
    TinyService service =
        GOOD.changed(SERVES, opens + SERVES)
            .declared("samples:", "environment:\n  ADMIN_PORT: %d\nsamples:".formatted(declared));
    assertThat(service.outcome("07-1")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void serviceThatNeverGetsReadyPassesNothing() throws InterruptedException {
    TinyService service =
        GOOD.changed("self.answer(200, {\"status\"", "self.answer(503, {\"status\"")
            .with("manyfactor.yaml", impatient());
    assertThat(Found.reason(service.outcome("07-1")))
        .contains("unreached: told port", "it listens there, but it never became ready");
  }

  @Test
  void serviceThatDoesNotStartIsNotProven() throws InterruptedException {
    assertThat(Found.reason(GOOD.changed(TOLD, "int('none')").outcome("07-1")))
        .contains("unreached: it ended with exit code 1 before it listened: ValueError");
  }

  @Test
  void serviceThatServesNobodyIsNotConcerned() throws InterruptedException {
    TinyService worker =
        new TinyService(
            Map.of(
                "manyfactor.yaml",
                """
                name: tiny
                runtime: sh 1
                processes:
                  worker:
                    command: sleep 600
                    readiness: none
                """));
    assertThat(worker.outcome("07-1")).isInstanceOf(Outcome.NotApplicable.class);
    assertThat(worker.outcome("07-3")).isInstanceOf(Outcome.NotApplicable.class);
  }

  /// The manifest of a service that promises to be ready soon, so that waiting for it ends soon.
  private static String impatient() {
    return GOOD.files().get("manyfactor.yaml") + "deadlines: {ready: 1s}\n";
  }
}
