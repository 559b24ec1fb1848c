package dev.manyfactor.jobs;

import java.time.Duration;

/// How workers know of each other that they live.
///
/// Workers of both sorts may share one database, for example while the setting is changed.
public enum Liveness {
  /// By an advisory lock that a worker's session holds: the server frees it the moment the process
  /// is gone, and other workers run its jobs within about a second. The default.
  SESSION_LOCK,

  /// By the database's clock: for databases behind something that gives every transaction another
  /// session, where neither locks nor notifications last. A worker says once a second that it
  /// lives, its jobs run elsewhere 6 seconds after it has fallen silent, and it interrupts them by
  /// itself after 4. It looks for jobs once a second, because it hears of none.
  CLOCK;

  /// After so much silence a worker interrupts what it has leased, by its own clock.
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);

  /// How long a worker waits for an answer, at most.
  Duration networkTimeout() {
    return switch (this) {
      case SESSION_LOCK -> Duration.ofSeconds(5);
      case CLOCK -> Duration.ofSeconds(2); // with a second between two looks, less than the silence
    };
  }
}
