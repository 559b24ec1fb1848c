package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// From when on the due jobs of each kind are looked for, in this process.
///
/// The rows of jobs that were claimed cannot be vacuumed while some transaction of the server is
/// older than they are, and whoever scans the queue from its beginning steps over all of them. So a
/// claim starts a little below the last job that was claimed. What lies below that is rare: a job
/// whose adder committed late, or that a killed worker had in hand. Such jobs are lifted to the
/// floor by a look, which does scan from the beginning, as often as its [Budget] allows. Safe on
/// many threads.
final class Floors {
  /// What transactions that add jobs may take without their jobs having to be lifted.
  private static final Duration SLACK = Duration.ofMillis(250);

  private static final Instant NONE = Instant.parse("0001-01-01T00:00:00Z");

  private final Map<String, Instant> floors = new ConcurrentHashMap<>();
  private volatile Instant serverTime = NONE;

  /// Nothing that is due earlier needs to be looked at.
  Instant of(String kind) {
    return floors.getOrDefault(kind, NONE);
  }

  /// This job was the oldest that was free.
  void claimed(StoredJob job) {
    Instant due = job.dueAt().isBefore(serverTime) ? job.dueAt() : serverTime;
    raise(job.kind(), due.minus(SLACK));
  }

  /// The server's time of a look; no floor is above it, whatever the clock of an adder says.
  void lookedAt(Instant time) {
    serverTime = time;
  }

  /// The look found no job of this kind.
  void empty(String kind) {
    raise(kind, serverTime.minus(SLACK));
  }

  private void raise(String kind, Instant floor) {
    if (floor.isAfter(NONE)) {
      floors.merge(kind, floor, (one, other) -> one.isAfter(other) ? one : other);
    }
  }
}
