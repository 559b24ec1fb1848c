package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;

/// When something becomes due.
///
/// Delays and instants are compared with the clock of the process that looks, so two machines whose
/// clocks differ run it earlier or later by that difference.
public sealed interface Due {

  /// As soon as the transaction has committed.
  record Now() implements Due {}

  /// That long after it was said.
  record After(Duration delay) implements Due {
    public After {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("a delay must not be negative, but is " + delay);
      }
    }
  }

  /// At that instant; at once if it has passed.
  record At(Instant instant) implements Due {}

  /// The instant itself, seen from `now`.
  default Instant from(Instant now) {
    return switch (this) {
      case Now() -> now;
      case After(Duration delay) -> now.plus(delay);
      case At(Instant instant) -> instant;
    };
  }
}
