package dev.manyfactor.identity;

import dev.manyfactor.resilience.TimeAndChance;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Time that begins at [TestIssuer#NOW], passes as it does, and can be moved on at once.
final class TestTime {
  private final long began = System.nanoTime();
  private final AtomicLong skipped = new AtomicLong();

  void skip(Duration duration) {
    skipped.addAndGet(duration.toNanos());
  }

  TimeAndChance timeAndChance() {
    return new TimeAndChance(
        () -> TestIssuer.NOW.plusNanos(nanos() - began), this::nanos, new Random(1));
  }

  private long nanos() {
    return System.nanoTime() + skipped.get();
  }
}
