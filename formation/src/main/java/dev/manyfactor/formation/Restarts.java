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

  private static final int DOUBLINGS = 20; // more than any wait needs, and no overflow

  /// The wait before a restart.
  ///
  /// @param attempt counts the restarts of a row from 1
  Duration before(int attempt, RandomGenerator random) {
    long doubled = firstWait.toNanos() << Math.min(attempt - 1, DOUBLINGS);
    double share = 0.5 + random.nextDouble() / 2;
    return Duration.ofNanos((long) (Math.min(doubled, longestWait.toNanos()) * share));
  }

  /// Whether a process that ended with `exitCode` is started a further time.
  boolean allow(int attempt, int exitCode) {
    return attempt <= (exitCode == ExitCode.CONFIG.number() ? attemptsAfterConfig : attempts);
  }
}
