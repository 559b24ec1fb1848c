package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import org.junit.jupiter.api.Test;

class HonoursWhatAnotherIssuedTests {
  private static final String KEY_OF_THE_CONFIG = "os.environ[\"SESSION_KEY\"].encode()";
  private static final String KEY_OF_THE_PROCESS = "os.urandom(16)";
  private static final TinyService SERVICE =
      TinyService.sessions(
          """
          name: sessions
          runtime: python 3
          processes:
            web:
              command: /usr/bin/python3 -B service.py
              readiness: /readyz
          samples:
            - request: POST /v1/login
              body: {user: ada}
            - request: GET /v1/me
          environment:
            SESSION_KEY: of the config
          """);

  @Test
  void sessionSealedWithAKeyOfTheConfigWorksOnAnotherInstance() throws InterruptedException {
    assertThat(SERVICE.outcome("06-1")).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void sessionSealedWithAKeyOfTheProcessFails() throws InterruptedException {
    assertThat(counterExample(SERVICE.changed(KEY_OF_THE_CONFIG, KEY_OF_THE_PROCESS)))
        .contains("GET /v1/me with the Cookie that worked at A", "401");
  }

  @Test
  void loginPageWithASuccessIsNoSuccess() throws InterruptedException {
    TinyService polite = SERVICE.changed("self.answer(401, ", "self.answer(200, ");
    assertThat(polite.outcome("06-1")).isInstanceOf(Outcome.Pass.class);
    assertThat(counterExample(polite.changed(KEY_OF_THE_CONFIG, KEY_OF_THE_PROCESS)))
        .contains("differently with and without Cookie at A", "changed nothing");
  }

  @Test
  void tokenThatASampleHandsOutIsCarriedOnLikeACookie() throws InterruptedException {
    TinyService tokens =
        SERVICE.changed(
            "{\"user\": user}, \"session=\" + sealed(user) + \"; Path=/; HttpOnly\")",
            "{\"token\": sealed(user)})");
    assertThat(tokens.outcome("06-1")).isInstanceOf(Outcome.Pass.class);
    assertThat(counterExample(tokens.changed(KEY_OF_THE_CONFIG, KEY_OF_THE_PROCESS)))
        .contains("GET /v1/me with the Authorization that worked at A", "401");
  }

  @Test
  void readThatNeedsNoCredentialsIsNotConcerned() throws InterruptedException {
    Outcome outcome = TinyService.draining().outcome("06-1");
    assertThat(outcome).isInstanceOf(Outcome.NotApplicable.class);
    assertThat(((Outcome.NotApplicable) outcome).observation())
        .contains("of the answers to 2 samples none set a cookie");
  }

  @Test
  void serviceOfWhichNoSampleReadsWithCredentialsIsNotProven() throws InterruptedException {
    Outcome outcome = SERVICE.declared("  - request: GET /v1/me\n", "").outcome("06-1");
    assertThat(((Outcome.NotProven) outcome).reason()).isEqualTo(Reason.NO_PROBE_OPERATION);
  }

  private static String counterExample(TinyService service) throws InterruptedException {
    Outcome outcome = service.outcome("06-1");
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }
}
