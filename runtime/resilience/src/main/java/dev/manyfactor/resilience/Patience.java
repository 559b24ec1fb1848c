package dev.manyfactor.resilience;

import dev.manyfactor.context.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How long one call may still take, and which bound says so. Begins when it is created.
final class Patience {
  private final LongSupplier nanoTime;
  private final long began;
  private final Bound bound;
  private final Duration whole;
  private final Duration attempt;

  Patience(UpstreamSettings settings, Optional<Context> context, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.attempt = settings.attemptTimeout();
    Duration total = settings.timeout();
    Duration left = context.map(current -> current.deadline().atMost(total)).orElse(total);
    this.whole = left;
    this.bound = left.compareTo(total) < 0 ? Bound.DEADLINE : Bound.TOTAL;
  }

  /// What is left for all further attempts and waits; zero once it is used up.
  Duration remaining() {
    Duration left = whole.minusNanos(nanoTime.getAsLong() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /// What limits the attempt that begins now.
  Limit attempt() {
    Duration left = remaining();
    return attempt.compareTo(left) < 0
        ? new Limit(Bound.ATTEMPT, attempt, attempt)
        : new Limit(bound, left, whole);
  }

  /// One bound, as it applies to one wait.
  ///
  /// @param bound which
  /// @param left how much of it is left
  /// @param length how long the bound was when it began
  record Limit(Bound bound, Duration left, Duration length) {}
}
