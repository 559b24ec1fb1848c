package dev.manyfactor.jobs;

import java.util.List;

/// What became of jobs that were to be cancelled.
///
/// @param dead those that are dead letters now; nothing of an attempt that was under way is stored
/// @param ended those that had ended before they could be cancelled
/// @param running those whose attempt does not heed its interruption yet; they are dead letters as
///   soon as it ends, unless it ends with a commit that was already on its way
public record Cancelled(List<JobId> dead, List<JobId> ended, List<JobId> running) {
  public Cancelled {
    dead = List.copyOf(dead);
    ended = List.copyOf(ended);
    running = List.copyOf(running);
  }
}
