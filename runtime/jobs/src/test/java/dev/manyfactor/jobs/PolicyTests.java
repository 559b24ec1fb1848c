package dev.manyfactor.jobs;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyTests {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Policy POLICY =
      Policy.TRANSACTIONAL.withAttempts(5).withWaits(ofSeconds(1), ofSeconds(6));

  @Test
  void theLongestWaitDoublesUntilItIsCapped() {
    assertThat(POLICY.waitAfter(1)).isEqualTo(ofSeconds(1));
    assertThat(POLICY.waitAfter(2)).isEqualTo(ofSeconds(2));
    assertThat(POLICY.waitAfter(3)).isEqualTo(ofSeconds(4));
    assertThat(POLICY.waitAfter(4)).isEqualTo(ofSeconds(6));
    assertThat(POLICY.waitAfter(1000)).isEqualTo(ofSeconds(6));
  }

  @Test
  void theWaitIsAnythingBetweenNothingAndTheLongest() {
    var random = new Random(7);
    var waits =
        random
            .ints(1000)
            .mapToObj(seed -> after(new IllegalStateException("no"), 3, new Random(seed)))
            .map(verdict -> Duration.between(NOW, ((Verdict.Again) verdict).at()))
            .toList();

    assertThat(waits).allMatch(wait -> !wait.isNegative() && wait.compareTo(ofSeconds(4)) <= 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(ofSeconds(1)) < 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(ofSeconds(3)) > 0);
  }

  @Test
  void theLastAttemptLeavesADeadLetterWithItsReason() {
    assertThat(after(new IllegalStateException("no stock"), 5, new Random(1)))
        .isEqualTo(
            new Verdict.Dead("attempt 5 was the last: java.lang.IllegalStateException: no stock"));
  }

  @Test
  void aDiscardedJobIsDeadAtOnce() {
    assertThat(after(new Discard("the account is closed"), 1, new Random(1)))
        .isEqualTo(new Verdict.Dead("discarded: the account is closed"));
  }

  @Test
  void aJobMayChooseItsWait() {
    var retry = RetryAt.after(Duration.ofMinutes(20), "asked to wait");

    assertThat(after(retry, 1, new Random(1)))
        .isEqualTo(new Verdict.Again(NOW.plus(Duration.ofMinutes(20))));
    assertThat(after(retry, 5, new Random(1))).isInstanceOf(Verdict.Dead.class);
  }

  @Test
  void aPolicyThatWaitsForNothingIsRefused() {
    assertThatThrownBy(() -> POLICY.withAttempts(0)).hasMessageContaining("1 to 1000, but is 0");
    assertThatThrownBy(() -> POLICY.withDeadline(Duration.ZERO)).hasMessageContaining("deadline");
    assertThatThrownBy(() -> POLICY.withWaits(ofSeconds(2), ofSeconds(1)))
        .hasMessageContaining("longestWait");
  }

  private static Verdict after(Throwable failure, int failures, Random random) {
    return Verdict.after(failure, failures, POLICY, NOW, random);
  }
}
