package dev.manyfactor.jobs;

import java.time.Duration;

/// How the work of one attempt ended.
sealed interface Outcome {

  record Done() implements Outcome {}

  /// A step is done, and the job is due again for the next.
  record Ahead() implements Outcome {}

  record Failed(Throwable failure) implements Outcome {}

  /// The worker stops: not a failure.
  record Stopped() implements Outcome {}

  /// An operator has taken the job out.
  record Cancelled() implements Outcome {}

  /// The lease belongs to someone else by now.
  record Lost() implements Outcome {}

  /// What it means that the work has ended without a failure.
  static Outcome of(Attempt attempt) {
    return attempt.isCancelled() ? new Cancelled() : new Done();
  }

  /// What a failure means, seen together with an interruption of the attempt.
  static Outcome after(Throwable failure, Attempt attempt) {
    if (failure instanceof LeaseLostException) {
      return new Lost();
    }
    return attempt
        .interruption()
        .map(why -> interrupted(why, attempt.kind().policy().deadline(), failure))
        .orElseGet(() -> new Failed(failure));
  }

  private static Outcome interrupted(Interruption why, Duration deadline, Throwable failure) {
    return switch (why) {
      case STOP -> new Stopped();
      case LOST -> new Lost();
      case CANCEL -> new Cancelled();
      case DEADLINE -> new Failed(new OverdueException(deadline, failure));
    };
  }
}
