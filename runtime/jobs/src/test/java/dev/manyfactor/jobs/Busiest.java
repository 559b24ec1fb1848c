package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// How many jobs were at work at a time, at most. Safe on many threads.
final class Busiest {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /// Works for a moment.
  void once() {
    int here = now.incrementAndGet();
    most.accumulateAndGet(here, Math::max);
    LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
    now.decrementAndGet();
  }

  int most() {
    return most.get();
  }
}
