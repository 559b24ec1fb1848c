package dev.manyfactor.jobs;

import java.time.Instant;
import java.util.Optional;

/// How a queue is.
///
/// @param due how many jobs wait for a worker
/// @param running how many are being run
/// @param later how many are not due yet, retries included
/// @param dead how many dead letters there are
/// @param oldestDue since when the oldest due job waits
/// @param pausedAt since when nobody takes a job of it
public record QueueSummary(
    String kind,
    long due,
    long running,
    long later,
    long dead,
    Optional<Instant> oldestDue,
    Optional<Instant> pausedAt) {

  /// One without a job.
  static QueueSummary empty(String kind) {
    return new QueueSummary(kind, 0, 0, 0, 0, Optional.empty(), Optional.empty());
  }
}
