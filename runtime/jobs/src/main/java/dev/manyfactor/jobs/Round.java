package dev.manyfactor.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one look at the queues gave.
///
/// @param leased jobs that are now leased to this worker and must be run or given back
/// @param waiting how many transactional jobs seem to be due, by kind; bounded by what was asked
/// @param nextDue when the next delayed job becomes due
/// @param othersAtWork whether other workers hold leases, and might be lost
/// @param called whether the other workers have been told that there is something to do
/// @param cancelled the jobs that are not to run
record Round(
    List<StoredJob> leased,
    Map<String, Integer> waiting,
    Optional<Instant> nextDue,
    boolean othersAtWork,
    boolean called,
    Set<JobId> cancelled) {}
