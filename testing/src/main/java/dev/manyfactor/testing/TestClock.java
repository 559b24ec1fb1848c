package dev.manyfactor.testing;

import dev.manyfactor.resilience.TimeAndChance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The time of all services of a test: that of the machine, until a test moves it forward.
///
/// It moves what the services read from a clock: the expiry of tokens, deadlines of requests and
/// jobs, when a delayed job or a schedule is due, retries of jobs, how long answers are kept for
/// their keys, when keys and tokens are fetched again. It does not move the database's own `now()`:
/// columns filled by it, leases of jobs and statement timeouts keep the machine's time. It goes on
/// by itself and never back. Safe on many threads.
public final class TestClock implements InstantSource {
  private final TimeAndChance machine = TimeAndChance.ofSystem();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  TestClock() {}

  /// Moves time forward; work that waits for it notices within about a second.
  ///
  /// @throws IllegalArgumentException if `by` is negative
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          "time goes forward, but was to go back by " + by.negated());
    }
    ahead.updateAndGet(by::plus);
  }

  @Override
  public Instant instant() {
    return machine.clock().instant().plus(ahead.get());
  }

  boolean isMoved() {
    return !ahead.get().isZero();
  }

  TimeAndChance timeAndChance() {
    return new TimeAndChance(
        this, () -> machine.nanoTime().getAsLong() + ahead.get().toNanos(), machine.random());
  }
}
