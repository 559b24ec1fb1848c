package dev.manyfactor.jobs;

import java.time.Instant;
import java.util.Optional;

/// What one statement says about queues at rest.
///
/// @param work whether a whole look is due, because a job is due or leased
/// @param nextDue when the next delayed job becomes due
record Glance(boolean work, Optional<Instant> nextDue) {}
