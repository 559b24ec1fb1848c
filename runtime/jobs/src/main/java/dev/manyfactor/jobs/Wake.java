package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A signal that is kept until it is seen; several are one. Safe on many threads.
final class Wake {
  private final Semaphore signal = new Semaphore(0);

  void signal() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  /// Waits for a signal, and takes it.
  ///
  /// @return whether one came within `patience`
  boolean await(Duration patience) throws InterruptedException {
    boolean came = signal.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    signal.drainPermits();
    return came;
  }
}
