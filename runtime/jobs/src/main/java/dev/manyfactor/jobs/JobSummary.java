package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.time.Instant;
import java.util.Optional;

/// One job in a list.
///
/// @param since when it became due, will be due, was started or died, by its state
/// @param attempts how many attempts have failed or been lost
/// @param reason why it is dead, or else why the latest attempt failed
/// @param enqueuedAt when the transaction that added it began
public record JobSummary(
    JobId id,
    String kind,
    Tenant tenant,
    JobState state,
    Instant since,
    int attempts,
    Optional<String> reason,
    Instant enqueuedAt) {}
