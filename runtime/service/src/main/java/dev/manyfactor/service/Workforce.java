package dev.manyfactor.service;

import dev.manyfactor.context.Deadline;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.jobs.Scheduler;
import dev.manyfactor.jobs.Worker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The worker and the scheduler of a process, if it is of such a type.
final class Workforce {
  private final Composition composition;
  private @Nullable Worker worker;
  private @Nullable Scheduler scheduler;
  private @Nullable Housekeeping housekeeping;
  private boolean stopped;

  Workforce(Composition composition) {
    this.composition = composition;
  }

  /// Starts what such a process works at; nothing once it has been stopped.
  synchronized void start(ProcessType type) {
    if (stopped) {
      return;
    }
    composition.declaredJobs().ifPresent(jobs -> start(jobs, type));
    if (type.includes(ProcessType.WEB)) { // where answers are stored; several at a time are safe
      composition
          .declaredIdempotency()
          .ifPresent(
              idempotency -> housekeeping = Housekeeping.start(idempotency, composition.clock()));
    }
  }

  private void start(Jobs jobs, ProcessType type) {
    if (type.includes(ProcessType.WORKER)) {
      worker = jobs.startWorker();
    }
    if (type.includes(ProcessType.SCHEDULER)) {
      scheduler = jobs.startScheduler();
    }
  }

  /// Lets what runs come to its end, at most for `grace`.
  synchronized void stop(Duration grace) {
    stopped = true;
    Deadline deadline = Deadline.after(grace, composition.clock());
    if (scheduler != null && !scheduler.stop(deadline.remaining())) {
      Log.LOG.warn("the scheduler did not end within {}", grace);
    }
    if (worker != null && !worker.stop(deadline.remaining())) {
      Log.LOG.warn("jobs were still running after {}; they run again elsewhere", grace);
    }
    if (housekeeping != null) {
      housekeeping.stop();
    }
  }
}
