package dev.manyfactor.jobs;

import java.util.Locale;

/// Where a job is on its way; a job that is done is nowhere any more.
public enum JobState {
  /// It was given up, or cancelled, and waits for an operator.
  DEAD,
  /// A worker has it.
  RUNNING,
  /// It waits for a worker.
  DUE,
  /// Its time has not come: it was delayed, or waits for another attempt.
  LATER;

  /// Its name in lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
