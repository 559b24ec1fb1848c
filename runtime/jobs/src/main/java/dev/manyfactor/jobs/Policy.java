package dev.manyfactor.jobs;

import java.time.Duration;

/// How often and how patiently a job is tried, and how long one attempt may take.
///
/// After the n-th failure the job waits a random time between zero and `firstWait` × 2ⁿ⁻¹, at most
/// `longestWait` (full jitter), and is then due again; after the last attempt it becomes a dead
/// letter with its reason.
///
/// @param attempts how often the job is run before it is a dead letter, 1 to 1000
/// @param firstWait the longest wait after the first failure, more than zero
/// @param longestWait what no wait exceeds
/// @param deadline how long one attempt may take; it is interrupted then and has failed
public record Policy(int attempts, Duration firstWait, Duration longestWait, Duration deadline) {

  /// 25 attempts over about a quarter of a day, 10 seconds each.
  public static final Policy TRANSACTIONAL =
      new Policy(25, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(10));

  /// 25 attempts over about a quarter of a day, 60 seconds each.
  public static final Policy LEASED = TRANSACTIONAL.withDeadline(Duration.ofSeconds(60));

  public Policy {
    if (attempts < 1 || attempts > 1000) {
      throw new IllegalArgumentException("attempts must be 1 to 1000, but is " + attempts);
    }
    requirePositive("firstWait", firstWait);
    requirePositive("deadline", deadline);
    if (longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "longestWait must not be shorter than firstWait %s, but is %s"
              .formatted(firstWait, longestWait));
    }
  }

  /// The same with another number of attempts.
  public Policy withAttempts(int most) {
    return new Policy(most, firstWait, longestWait, deadline);
  }

  /// The same with other waits.
  public Policy withWaits(Duration first, Duration longest) {
    return new Policy(attempts, first, longest, deadline);
  }

  /// The same with another deadline.
  public Policy withDeadline(Duration bound) {
    return new Policy(attempts, firstWait, longestWait, bound);
  }

  /// The longest wait after that many failures.
  Duration waitAfter(int failures) {
    int doublings = Math.min(failures - 1, 40);
    long factor = 1L << Math.max(doublings, 0);
    return longestWait.dividedBy(factor).compareTo(firstWait) < 0
        ? longestWait
        : firstWait.multipliedBy(factor);
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than zero, but is " + duration);
    }
  }
}
