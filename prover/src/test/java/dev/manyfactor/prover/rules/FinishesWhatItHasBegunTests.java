package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import org.junit.jupiter.api.Test;

class FinishesWhatItHasBegunTests {
  private static final String CREATE =
      "  - request: POST /v1/notes\n    body: {text: \"note {unique}\"}\n    read: /v1/notes/{id}\n    idempotency: none\n";
  private static final TinyService SERVICE = TinyService.draining();

  @Test
  void requestThatWaitsForItsBodyIsAnsweredBeforeTheEnd() throws InterruptedException {
    Outcome outcome = SERVICE.outcome("09-2");
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    assertThat(((Outcome.Pass) outcome).evidence().trials())
        .hasSize(2)
        .allSatisfy(
            trial -> assertThat(trial.controls()).containsKeys(Control.BASELINE, Control.REACHED));
  }

  @Test
  void serviceThatEndsAtOnceFails() throws InterruptedException {
    assertThat(
            counterExample(
                SERVICE.changed("lambda *_: threading", "lambda *_: os._exit(0) or threading")))
        .contains("POST /v1/notes", "in flight when SIGTERM came", "2xx");
  }

  @Test
  void serviceThatCutsAfterItsDelayFails() throws InterruptedException {
    assertThat(counterExample(SERVICE.changed("    server.shutdown()", "    os._exit(0)")))
        .contains("in flight when SIGTERM came", "let go after");
  }

  @Test
  void serviceThatDoesNotEndFails() throws InterruptedException {
    assertThat(
            counterExample(
                SERVICE
                    .changed("lambda *_: threading", "lambda *_: None and threading")
                    .declared("samples:", "deadlines: {stop: 2s}\nsamples:")))
        .contains("got its answer, but the process still ran 2000 ms after SIGTERM");
  }

  @Test
  void launcherThatDoesNotPassTheSignalOnIsNamedAndFails() throws InterruptedException {
    assertThat(
            counterExample(
                SERVICE
                    .declared("/usr/bin/python3 -B service.py", "/bin/sh start.sh")
                    .declared("samples:", "deadlines: {stop: 3s}\nsamples:")
                    .with("start.sh", "/usr/bin/python3 -B service.py\nexit $?\n")))
        .contains("the launcher `/bin/sh start.sh` that does not pass the signal on", "service.py");
  }

  @Test
  void serviceThatDoesNotWaitForSlowClientsIsNotProven() throws InterruptedException {
    Outcome outcome =
        SERVICE
            .changed(
                "class Handler(BaseHTTPRequestHandler):",
                "class Handler(BaseHTTPRequestHandler):\n    timeout = 1")
            .outcome("09-2");
    assertThat(outcome).isInstanceOf(Outcome.NotProven.class);
    assertThat(((Outcome.NotProven) outcome).why()).contains("without a signal either");
  }

  @Test
  void readIsHeldByTheDependencyThatItAsks() throws InterruptedException {
    TinyService reading =
        SERVICE
            .declared(CREATE, "")
            .declared("samples:", "dependencies:\n  - name: identity\n    kind: oidc\nsamples:")
            .changed(
                "        else:\n",
                "        else:\n            urlopen(os.environ[\"OIDC_ISSUER\"] + \"/.well-known/openid-configuration\").read()\n")
            .changed("import threading", "import threading\nfrom urllib.request import urlopen");
    assertThat(reading.outcome("09-2")).isInstanceOf(Outcome.Pass.class);
    assertThat(counterExample(reading.changed("    server.shutdown()", "    os._exit(0)")))
        .contains("GET /v1/notes (an answer of \"identity\" held back) was in flight");
  }

  @Test
  void readThatAsksForNoBodyCannotBeHeld() throws InterruptedException {
    Outcome outcome = SERVICE.declared(CREATE, "").outcome("09-2");
    assertThat(outcome).isInstanceOf(Outcome.NotProven.class);
    assertThat(((Outcome.NotProven) outcome).reason()).isEqualTo(Reason.NO_PROBE_OPERATION);
  }

  @Test
  void processThatIgnoresTheSignalIsACounterExampleAlsoWhereNothingCanBeHeld()
      throws InterruptedException {
    TinyService deaf =
        SERVICE
            .declared(CREATE, "")
            .declared("samples:", "deadlines: {stop: 2s}\nsamples:")
            .changed(
                "lambda *_: threading.Thread(target=stop, args=[server]).start()",
                "signal.SIG_IGN");
    assertThat(counterExample(deaf))
        .containsPattern(
            "no request was in flight, and the process still ran \\d+ ms after SIGTERM");
  }

  private static String counterExample(TinyService service) throws InterruptedException {
    Outcome outcome = service.outcome("09-2");
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }
}
