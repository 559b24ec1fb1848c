package dev.manyfactor.formation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Why and when a formation ends: it is asked to, or one of its parts has failed; what comes first
/// counts.
///
/// The thread that runs the formation is interrupted, wherever it waits, until it begins to end
/// things; from then on it is left in peace. Safe on many threads.
final class Ending {
  private @Nullable Thread runner;
  private @Nullable FormationException failure;
  private boolean requested;
  private boolean begun;

  /// Whom to interrupt.
  synchronized void watch(Thread thread) {
    runner = thread;
    if (requested) {
      thread.interrupt();
    }
  }

  /// Somebody asks the formation to end.
  synchronized void request() {
    requested = true;
    interrupt();
  }

  /// A part has failed; nothing new if the formation is ending anyway.
  synchronized void fail(FormationException because) {
    if (!requested && !begun && failure == null) {
      failure = because;
      interrupt();
    }
  }

  private void interrupt() {
    if (!begun && runner != null) {
      runner.interrupt();
    }
  }

  /// Waits for the end.
  void await() throws InterruptedException {
    new Semaphore(0).acquire();
  }

  /// The calling thread now ends things and is not to be interrupted any more.
  synchronized void begin() {
    begun = true;
    Thread.interrupted(); // an interruption that came too late
  }

  /// Whether there is a reason to end: what fails after that fails because of it.
  synchronized boolean isDue() {
    return requested || failure != null;
  }

  /// Fails if a part has failed.
  synchronized void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
