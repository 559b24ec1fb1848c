package dev.manyfactor.formation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which process is meant, for longer than its number lasts: numbers are used again, a number at an
/// instant is not.
///
/// @param startedAt when it started, as the system says, exact to about a second
record ProcessIdentity(long pid, Instant startedAt) {
  private static final Duration TOLERANCE =
      Duration.ofSeconds(2); // clocks are adjusted, and stored in seconds

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /// The process if it still lives and is the same one.
  Optional<ProcessHandle> living() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().filter(this::isClose).isPresent());
  }

  private boolean isClose(Instant instant) {
    return Duration.between(startedAt, instant).abs().compareTo(TOLERANCE) <= 0;
  }
}
