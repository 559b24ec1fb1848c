package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// One job being run on one thread, which can be told to end.
///
/// Safe on many threads; closed by the one that runs the job, which no interruption reaches after
/// that.
final class Attempt implements AutoCloseable {
  /// A statement is cancelled by the server at the deadline, which is gentler than interrupting its
  /// thread: that costs the connection. So the interruption comes a little later.
  private static final Duration AFTER_SERVER = Duration.ofMillis(250);

  private final Attempts attempts;
  private final Declared<?> kind;
  private final JobId job;
  private final Thread runner = Thread.currentThread();
  private final Future<?> timer;
  private @Nullable Interruption interruption;
  private boolean ended;

  Attempt(Attempts attempts, Declared<?> kind, JobId job) {
    this.attempts = attempts;
    this.kind = kind;
    this.job = job;
    Duration bound = kind.policy().deadline().plus(AFTER_SERVER);
    this.timer = attempts.after(bound, () -> interrupt(Interruption.DEADLINE));
  }

  Declared<?> kind() {
    return kind;
  }

  JobId job() {
    return job;
  }

  /// Whether it was told to end because an operator has cancelled the job.
  boolean isCancelled() {
    return interruption().equals(Optional.of(Interruption.CANCEL));
  }

  /// Tells the job to end, unless it has ended or was told before.
  synchronized void interrupt(Interruption why) {
    if (!ended && interruption == null) {
      interruption = why;
      runner.interrupt();
    }
  }

  /// Why it was told to end, if it was.
  synchronized Optional<Interruption> interruption() {
    return Optional.ofNullable(interruption);
  }

  /// Ends it, and takes an interruption that nobody noticed off the thread.
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
    }
    var _ = timer.cancel(false);
    Thread.interrupted();
    attempts.ended(this);
  }
}
