package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What becomes of a job whose attempt has failed.
sealed interface Verdict {

  /// It runs again at that instant.
  record Again(Instant at) implements Verdict {}

  /// It becomes a dead letter.
  record Dead(String reason) implements Verdict {}

  /// Decides after the given number of failures, this one included.
  static Verdict after(
      Throwable failure, int failures, Policy policy, Instant now, RandomGenerator random) {
    if (failure instanceof Discard discard) {
      return new Dead("discarded: " + discard.getMessage());
    }
    if (failures >= policy.attempts()) {
      return new Dead("attempt %d was the last: %s".formatted(failures, describe(failure)));
    }
    if (failure instanceof RetryAt retry) {
      return new Again(retry.due().from(now));
    }
    return new Again(now.plus(jittered(policy.waitAfter(failures), random)));
  }

  /// Full jitter: anything from nothing to the whole wait, so that jobs that failed together do not
  /// come back together.
  private static Duration jittered(Duration wait, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(wait.toNanos() + 1));
  }

  /// The failure in one line: its class and its message.
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getName();
    return message == null ? name : name + ": " + message;
  }
}
