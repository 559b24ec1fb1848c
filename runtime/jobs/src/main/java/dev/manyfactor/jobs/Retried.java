package dev.manyfactor.jobs;

import java.util.List;

/// What became of dead letters that were to run again.
///
/// @param due those that are due now
/// @param held those that stay dead, because a living job has their unique key
public record Retried(List<JobId> due, List<JobId> held) {
  public Retried {
    due = List.copyOf(due);
    held = List.copyOf(held);
  }
}
