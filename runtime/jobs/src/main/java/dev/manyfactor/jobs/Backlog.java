package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;

/// Jobs that are leased to this worker and wait for a slot.
///
/// Only where jobs are short: a look takes a few milliseconds, in which slots would be idle, but a
/// job that waits here cannot be run by another worker. So no more are leased ahead than are run
/// within a moment. Safe on many threads.
final class Backlog {
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int MOST_PER_SLOT = 8;

  /// After which jobs have turned out not to be short.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final int concurrency;
  private final LongSupplier nanos;
  private final Runnable low;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long usualNanos = Long.MAX_VALUE;

  private record Waiting(StoredJob job, long since) {}

  /// @param low what to do when half of the most jobs are left
  Backlog(int concurrency, LongSupplier nanos, Runnable low) {
    this.concurrency = concurrency;
    this.nanos = nanos;
    this.low = low;
  }

  /// A job took so long.
  synchronized void took(Duration time) {
    long last = time.toNanos();
    usualNanos = usualNanos == Long.MAX_VALUE ? last : (usualNanos * 7 + last) / 8;
  }

  /// How many jobs more may be leased than there are free slots.
  synchronized int room() {
    long inAMoment = MOMENT.toNanos() / Math.max(1, usualNanos); // by one slot
    int most = concurrency * (int) Math.min(MOST_PER_SLOT, inAMoment);
    return Math.max(0, most - waiting.size());
  }

  synchronized void add(StoredJob job) {
    waiting.add(new Waiting(job, nanos.getAsLong()));
  }

  /// The next one, for a slot that is free.
  Optional<StoredJob> next() {
    Waiting next;
    boolean half;
    synchronized (this) {
      next = waiting.poll();
      half = next != null && waiting.size() == concurrency * MOST_PER_SLOT / 2 - 1;
    }
    if (half) {
      low.run();
    }
    return Optional.ofNullable(next).map(Waiting::job);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// All of them, which are not going to be run here.
  synchronized List<StoredJob> takeAll() {
    List<StoredJob> all = waiting.stream().map(Waiting::job).toList();
    waiting.clear();
    return all;
  }

  /// All of them if they have waited for too long, and then no more until jobs are short again.
  synchronized List<StoredJob> takeStale() {
    Waiting oldest = waiting.peek();
    if (oldest == null || nanos.getAsLong() - oldest.since() < LONGEST_WAIT.toNanos()) {
      return List.of();
    }
    took(LONGEST_WAIT);
    return takeAll();
  }
}
