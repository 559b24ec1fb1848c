package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;

/// Thrown by a job that knows when it is worth another attempt.
///
/// The attempt counts, and its effects are rolled back, like those of any failure; only the wait is
/// the job's own.
public final class RetryAt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Due due;

  private RetryAt(Due due, String reason) {
    super(reason);
    this.due = due;
  }

  /// Another attempt at `instant`.
  ///
  /// @param reason kept in the job's history
  public static RetryAt instant(Instant instant, String reason) {
    return new RetryAt(new Due.At(instant), reason);
  }

  /// Another attempt once `delay` has passed.
  ///
  /// @param reason kept in the job's history
  public static RetryAt after(Duration delay, String reason) {
    return new RetryAt(new Due.After(delay), reason);
  }

  Due due() {
    return due;
  }
}
