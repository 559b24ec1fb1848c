package dev.manyfactor.context;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The instant after which an answer is of no use to whoever asked.
///
/// Every wait inside a piece of work takes its bound from here, so that no wait outlives the work.
///
/// @param expiresAt the instant itself
/// @param clock what `remaining` compares with
public record Deadline(Instant expiresAt, InstantSource clock) {

  /// The deadline that lies `patience` from now.
  public static Deadline after(Duration patience, InstantSource clock) {
    return new Deadline(clock.instant().plus(patience), clock);
  }

  /// The time left, zero once the deadline has passed.
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), expiresAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /// Whether no time is left.
  public boolean hasPassed() {
    return remaining().isZero();
  }

  /// The shorter of `bound` and the time left.
  public Duration atMost(Duration bound) {
    Duration left = remaining();
    return left.compareTo(bound) < 0 ? left : bound;
  }
}
