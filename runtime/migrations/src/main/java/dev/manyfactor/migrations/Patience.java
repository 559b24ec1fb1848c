package dev.manyfactor.migrations;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait for others: for a table that is in use, and for another runner.
///
/// A statement that wants a table waits only as long as the lock timeout, because everything that
/// wants the table after it waits behind it; then it steps back and tries again later.
///
/// @param lockTimeout how long one attempt waits for a table
/// @param attempts how often a file is tried
/// @param firstPause the longest pause after the first attempt; it doubles
/// @param longestPause what it grows to
/// @param runnerWait how long to wait for another runner
record Patience(
    Duration lockTimeout,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration runnerWait) {

  static final Patience DEFAULT =
      new Patience(
          Duration.ofMillis(500),
          30,
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10));

  /// The pause after an attempt, from 1: somewhere between half of the growing bound and all of it.
  Duration pauseAfter(int attempt, RandomGenerator random) {
    int doublings = Math.min(attempt - 1, 20);
    long bound = Math.min(firstPause.toMillis() << doublings, longestPause.toMillis());
    return Duration.ofMillis(random.nextLong(bound / 2, bound + 1));
  }
}
