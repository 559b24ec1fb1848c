package dev.manyfactor.service;

import dev.manyfactor.jobs.JobFilter;
import dev.manyfactor.jobs.JobId;
import java.util.List;

/// What the command `jobs` is to do.
sealed interface JobsRequest {
  /// Says how it is used.
  record Help() implements JobsRequest {}

  /// Shows how each queue is.
  record Queues() implements JobsRequest {}

  /// Lists jobs.
  ///
  /// @param most how many at most
  record ListJobs(JobFilter filter, int most) implements JobsRequest {}

  /// Shows all that is stored of one job.
  record Show(JobId job) implements JobsRequest {}

  /// Makes dead letters due again.
  record Retry(Choice jobs) implements JobsRequest {}

  /// Forgets dead letters.
  record Drop(Choice jobs) implements JobsRequest {}

  /// Makes jobs dead letters.
  record Cancel(Choice jobs) implements JobsRequest {}

  /// Lets nobody take jobs of these kinds.
  record Pause(List<String> kinds) implements JobsRequest {}

  /// Lets jobs of these kinds be taken again.
  record Resume(List<String> kinds) implements JobsRequest {}

  /// Which jobs something is done to.
  sealed interface Choice {
    /// Those that are named.
    record Named(List<JobId> ids) implements Choice {}

    /// All that a filter lets through.
    record All(JobFilter filter) implements Choice {}
  }
}
