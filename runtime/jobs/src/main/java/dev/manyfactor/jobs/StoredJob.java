package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.time.Instant;
import java.util.Optional;

/// One claimed job as it is stored.
///
/// @param trace the traceparent of whoever added it
/// @param attempts how many attempts have failed or been lost before this one
/// @param fence how often it has been leased, this time included
/// @param failures the history as JSON, see [Failures]
/// @param waited seconds between being due and being claimed, by the database's clock
/// @param cancelled whether it is to become a dead letter instead of being run
record StoredJob(
    JobId id,
    String kind,
    Tenant tenant,
    String payload,
    Optional<String> uniqueKey,
    String release,
    Optional<String> trace,
    int attempts,
    long fence,
    String failures,
    Instant enqueuedAt,
    Instant dueAt,
    double waited,
    boolean cancelled) {

  /// The number of the attempt that is being made, from 1.
  int attempt() {
    return attempts + 1;
  }
}
