package dev.manyfactor.database;

/// Work inside a transaction went on after a failure and returned; it was rolled back instead of
/// committed. The cause is that failure.
public final class DoomedTransactionException extends DatabaseException {

  DoomedTransactionException(Throwable failure) {
    super(
        "the transaction was rolled back because a failure inside it was caught and the work went"
            + " on; let the exception pass, or avoid it (on conflict do nothing): "
            + failure.getMessage(),
        failure);
  }
}
