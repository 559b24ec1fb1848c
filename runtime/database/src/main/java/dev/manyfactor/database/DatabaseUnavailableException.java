package dev.manyfactor.database;

import org.jspecify.annotations.Nullable;

/// The database could not be asked, or did not answer in time. Nothing has been committed: the work
/// may be tried again.
public final class DatabaseUnavailableException extends DatabaseException {
  private final Reason reason;

  DatabaseUnavailableException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// What was in the way.
  public Reason reason() {
    return reason;
  }

  /// What can be in the way.
  public enum Reason {
    /// Every connection of the pool stayed in use until the bound.
    POOL_EXHAUSTED,
    /// The deadline of the work has passed, before or during a statement.
    DEADLINE_PASSED,
    /// No connection could be opened.
    NOT_CONNECTED,
    /// The connection broke before the commit was sent.
    CONNECTION_LOST,
    /// The thread was interrupted: the process stops.
    INTERRUPTED
  }
}
