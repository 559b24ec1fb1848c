package dev.manyfactor.service;

import java.time.Duration;
import java.time.Instant;

/// How long something is away from now, as a person says it: in one unit, rounded down.
final class Age {

  private Age() {}

  /// For example `3 min`, and `in 3 min` for what is still to come.
  static String of(Instant then, Instant now) {
    return then.isAfter(now)
        ? "in " + words(Duration.between(now, then))
        : words(Duration.between(then, now));
  }

  private static String words(Duration length) {
    if (length.toMinutes() == 0) {
      return length.toSeconds() + " s";
    }
    if (length.toHours() == 0) {
      return length.toMinutes() + " min";
    }
    return length.toHours() < 48 ? length.toHours() + " h" : length.toDays() + " d";
  }
}
