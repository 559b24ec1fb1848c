package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.Optional;

/// How often and how patiently a job is tried, how long one attempt may take, and how many jobs of
/// the kind run at a time.
///
/// After the n-th failure the job waits a random time between zero and `firstWait` × 2ⁿ⁻¹, at most
/// `longestWait` (full jitter), and is then due again; after the last attempt it becomes a dead
/// letter with its reason.
///
/// @param attempts how often the job is run before it is a dead letter, 1 to 1000
/// @param firstWait the longest wait after the first failure, more than zero
/// @param longestWait what no wait exceeds
/// @param deadline how long one attempt may take; it is interrupted then and has failed
/// @param concurrency how many jobs of the kind run at a time over all processes that state this
///   policy, 1 to 1000; empty for as many as the workers have places for
public record Policy(
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration deadline,
    Optional<Integer> concurrency) {

  /// 25 attempts over about a quarter of a day, 10 seconds each.
  public static final Policy TRANSACTIONAL =
      new Policy(
          25, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(10), Optional.empty());

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
    concurrency.ifPresent(Policy::checkConcurrency);
  }

  /// The same with another number of attempts.
  public Policy withAttempts(int most) {
    return new Policy(most, firstWait, longestWait, deadline, concurrency);
  }

  /// The same with other waits.
  public Policy withWaits(Duration first, Duration longest) {
    return new Policy(attempts, first, longest, deadline, concurrency);
  }

  /// The same with another deadline.
  public Policy withDeadline(Duration bound) {
    return new Policy(attempts, firstWait, longestWait, bound, concurrency);
  }

  /// The same with a limit: no more than so many jobs of the kind run at a time, over all
  /// processes. The place of a worker that dies is free at once for transactional jobs, and for
  /// leased ones as soon as its leases are taken back.
  public Policy withConcurrency(int most) {
    return new Policy(attempts, firstWait, longestWait, deadline, Optional.of(most));
  }

  /// The longest wait after that many failures.
  Duration waitAfter(int failures) {
    int doublings = Math.min(failures - 1, 40);
    long factor = 1L << Math.max(doublings, 0);
    return longestWait.dividedBy(factor).compareTo(firstWait) < 0
        ? longestWait
        : firstWait.multipliedBy(factor);
  }

  private static void checkConcurrency(int most) {
    if (most < 1 || most > 1000) {
      throw new IllegalArgumentException("concurrency must be 1 to 1000, but is " + most);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than zero, but is " + duration);
    }
  }
}
