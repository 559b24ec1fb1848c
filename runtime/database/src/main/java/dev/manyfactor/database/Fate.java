package dev.manyfactor.database;

import dev.manyfactor.context.Context;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What has become of a transaction so far, which says whether it may go on. For one thread at a
/// time.
final class Fate {
  private @Nullable Throwable failure;
  private boolean ended;

  /// Remembers the first failure, after which there is no commit.
  <X extends Throwable> X doom(X cause) {
    if (failure == null) {
      failure = cause;
    }
    return cause;
  }

  /// Goes on as if nothing had failed.
  void forgive() {
    failure = null;
  }

  void end() {
    ended = true;
  }

  /// @param late what to say if the deadline has passed
  /// @throws IllegalStateException if it is over
  /// @throws DoomedTransactionException if something has failed in it
  /// @throws DatabaseUnavailableException if the deadline has passed; it is doomed then
  void mustGoOn(Context context, Supplier<String> late) {
    if (ended) {
      throw new IllegalStateException(
          "the transaction of " + context.operation() + " is over; use it only inside its work");
    }
    Throwable cause = failure;
    if (cause != null) {
      throw new DoomedTransactionException(cause);
    }
    if (context.deadline().hasPassed()) {
      throw doom(Failures.late(late.get(), null));
    }
  }

  boolean isOver() {
    return ended;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
