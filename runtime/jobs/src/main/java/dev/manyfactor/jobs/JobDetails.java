package dev.manyfactor.jobs;

import java.util.List;
import java.util.Optional;

/// Everything that is stored of one job.
///
/// @param payload as JSON
/// @param uniqueKey while the job has not finished, no second one with this key is added
/// @param release the release that added it
/// @param trace the W3C traceparent of whoever added it
/// @param failures its history, oldest first, at most 25
public record JobDetails(
    JobSummary summary,
    String payload,
    Optional<String> uniqueKey,
    String release,
    Optional<String> trace,
    List<Failure> failures) {}
