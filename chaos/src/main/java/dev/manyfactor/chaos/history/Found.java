package dev.manyfactor.chaos.history;

import java.util.List;
import java.util.Optional;

/// What the database says at the end.
public sealed interface Found {
  /// Of which operation, job or schedule.
  String name();

  /// One entry for each effect: its identity.
  List<String> effects();

  /// The effects of an operation.
  record OfOperation(String name, List<String> effects) implements Found {
    /// Copies the effects.
    public OfOperation {
      effects = List.copyOf(effects);
    }
  }

  /// What came of a kind of job.
  ///
  /// @param after the operation that adds the jobs
  /// @param waiting one entry for each job that is queued, running or given up; empty where nobody
  ///   can say
  record OfJob(String name, String after, List<String> effects, Optional<List<String>> waiting)
      implements Found {
    /// Copies what could change.
    public OfJob {
      effects = List.copyOf(effects);
      waiting = waiting.map(List::copyOf);
    }
  }

  /// The instants of a schedule.
  record OfSchedule(String name, List<String> effects) implements Found {
    /// Copies the effects.
    public OfSchedule {
      effects = List.copyOf(effects);
    }
  }
}
