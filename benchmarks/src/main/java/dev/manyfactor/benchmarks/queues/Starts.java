package dev.manyfactor.benchmarks.queues;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// When each of some jobs was asked for and started. Safe on many threads.
final class Starts {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LongSupplier nanos;
  private final AtomicLongArray asked;
  private final AtomicLongArray started;
  private final AtomicLong first = new AtomicLong();
  private final AtomicLong last = new AtomicLong();
  private final CountDownLatch left;

  Starts(int jobs, LongSupplier nanos) {
    this.nanos = nanos;
    this.asked = new AtomicLongArray(jobs);
    this.started = new AtomicLongArray(jobs);
    this.left = new CountDownLatch(jobs);
  }

  int jobs() {
    return asked.length();
  }

  void asked(int job) {
    asked.set(job, nanos.getAsLong());
  }

  /// A job runs.
  ///
  /// @throws IllegalStateException if it has run before
  void started(int job) {
    long now = nanos.getAsLong();
    if (!started.compareAndSet(job, 0, now)) {
      throw new IllegalStateException("job " + job + " runs for the second time");
    }
    first.compareAndSet(0, now);
    last.set(now);
    left.countDown();
  }

  /// Waits for all of them.
  void await() throws InterruptedException {
    if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(left.getCount() + " jobs have not run");
    }
  }

  /// Per second, from the first start to the last.
  double rate() {
    return (jobs() - 1) / ((last.get() - first.get()) / 1e9);
  }

  /// Per second since `start`.
  double rateSince(long start) {
    return jobs() / ((last.get() - start) / 1e9);
  }

  long now() {
    return nanos.getAsLong();
  }

  long[] waits() {
    long[] waits = new long[jobs()];
    for (int job = 0; job < waits.length; job++) {
      waits[job] = started.get(job) - asked.get(job);
    }
    return waits;
  }
}
