package dev.manyfactor.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a process lives and whether it is ready, for `/livez` and `/readyz`.
///
/// Alive is every process that can answer: a dependency that is down is no reason to kill it. Ready
/// is one whose checks all hold and that is not draining. Safe on many threads; the checks run on
/// one of them at a time, so probes never pile up behind one that hangs.
public final class Probes {
  private static final long PATIENCE_SECONDS = 1;
  private static final Readiness STOPPING = Readiness.not("process", "is stopping");

  private final List<Check> checks;
  private final ReentrantLock checking = new ReentrantLock();
  private volatile boolean draining;

  /// @param checks all of which must hold before the process is ready
  public Probes(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /// Makes the process unready for good: it is about to stop.
  public void drain() {
    draining = true;
  }

  /// Runs every check, waiting at most a second for another thread that does.
  Readiness readiness() {
    if (draining) {
      return STOPPING;
    }
    try {
      if (!checking.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Readiness.not("checks", "an earlier probe still waits for them");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return STOPPING;
    }
    try {
      return Readiness.of(checks.stream().map(Probes::result).toList());
    } finally {
      checking.unlock();
    }
  }

  private static Readiness.Result result(Check check) {
    Optional<String> detail;
    try {
      detail = check.whyNot().get();
    } catch (RuntimeException failure) {
      detail = Optional.of("the check failed: " + failure.getMessage());
    }
    return new Readiness.Result(check.name(), detail);
  }
}
