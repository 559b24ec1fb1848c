package dev.manyfactor.jobs;

import java.time.Duration;

/// An attempt took longer than its policy allows.
final class OverdueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OverdueException(Duration deadline, Throwable interrupted) {
    super(
        "the attempt took longer than its deadline of "
            + deadline
            + " and was interrupted in "
            + Verdict.describe(interrupted),
        interrupted);
  }
}
