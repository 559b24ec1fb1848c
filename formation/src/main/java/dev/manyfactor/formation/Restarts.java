package dev.manyfactor.formation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often and how patiently a process that ended by itself is started again.
///
/// The wait doubles with each restart of a row up to the longest; a random half of it is left out,
/// so that processes that ended together do not come back together. A row is over once a process
/// has been ready for `settled`.
///
/// @param firstWait before the first restart of a row, at most
/// @param longestWait before any restart
/// @param settled how long a process has to be ready for the row to be over
/// @param attempts the restarts of one row; then the formation gives up
/// @param attemptsAfterConfig the same for a process that ends with 78: its environment is wrong,
///   which time alone seldom repairs
public record Restarts(
    Duration firstWait,
    Duration longestWait,
    Duration settled,
    int attempts,
    int attemptsAfterConfig) {
  /// From 100 ms to 10 s, over after 10 s, 10 restarts, 3 after a wrong environment.
  public static final Restarts DEFAULT =
      new Restarts(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10), 10, 3);

  private static final int DOUBLINGS = 20; // more than any wait needs

  /// Refuses waits that are not in order, and less than no restarts.
  public Restarts {
    if (firstWait.isNegative() || firstWait.compareTo(longestWait) > 0 || settled.isNegative()) {
      throw new IllegalArgumentException(
          "the waits of restarts must be 0 or more and the first not the longer one, but are %s, %s and %s"
              .formatted(firstWait, longestWait, settled));
    }
    if (attempts < 0 || attemptsAfterConfig < 0) {
      throw new IllegalArgumentException(
          "the attempts of restarts must be 0 or more, but are %d and %d"
              .formatted(attempts, attemptsAfterConfig));
    }
  }

  /// The wait before a restart.
  ///
  /// @param attempt counts the restarts of a row from 1
  Duration before(int attempt, RandomGenerator random) {
    Duration doubled = firstWait.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
    Duration most = doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
    double share = 0.5 + random.nextDouble() / 2;
    return Duration.ofNanos((long) (most.toNanos() * share));
  }

  /// Whether a process that ended with `exitCode` is started a further time.
  boolean allow(int attempt, int exitCode) {
    return attempt <= (exitCode == ExitCode.CONFIG.number() ? attemptsAfterConfig : attempts);
  }
}
