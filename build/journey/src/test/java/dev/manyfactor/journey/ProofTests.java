package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Does what the README says under "Does it hold?".
class ProofTests {
  private static final Duration BUSY = Duration.ofMinutes(8); // a minute on a quiet machine

  @TempDir private Path folder;

  /// The clone of this test has no history, so nobody can say which commit it is: 01-1.
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void paymentsSurvivesEveryRequirementThatCanBeAskedOfItHere() throws Exception {
    try (Shell shell = Shell.in(Clone.in(folder))) {
      Shell.Answer answer = shell.run(Readme.proof(), BUSY);
      assertThat(answer.output())
          .as(answer.errors())
          .contains("35 PASS + 0 FAIL + 1 NOT_PROVEN + 0 NOT_APPLICABLE + 0 WAIVED + 0 ERROR")
          .contains("01-1 NOT_PROVEN");
      assertThat(answer.status()).isEqualTo(3);
    }
  }
}
