package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.time.Instant;
import java.util.Optional;

/// A job that is about to be stored.
///
/// @param trace the traceparent of whoever adds it
/// @param runAt when it becomes due; empty for at once
record NewJob(
    JobId id,
    String kind,
    Tenant tenant,
    String payload,
    Optional<String> uniqueKey,
    String release,
    Optional<String> trace,
    Optional<Instant> runAt) {}
