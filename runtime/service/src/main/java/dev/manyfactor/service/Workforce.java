package dev.manyfactor.service;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.jobs.Scheduler;
import dev.manyfactor.jobs.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The worker and the scheduler of a process, if it is of such a type.
final class Workforce {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
    List<Housekeeping.Chore> chores = chores(type);
    if (!chores.isEmpty()) {
      housekeeping = Housekeeping.start(chores);
    }
  }

  /// Each where what it removes comes from.
  private List<Housekeeping.Chore> chores(ProcessType type) {
    var chores = new ArrayList<Housekeeping.Chore>();
    if (type.includes(ProcessType.WEB)) {
      composition
          .declaredIdempotency()
          .ifPresent(kept ->
              chores.add(new Housekeeping.Chore("old stored responses", () -> purge(kept))));
    }
    if (type.includes(ProcessType.WORKER)) {
      composition
          .declaredJobs()
          .ifPresent(jobs ->
              chores.add(
                  new Housekeeping.Chore("old dead letters", () -> jobs.admin().removeOld())));
    }
    return chores;
  }

  private void purge(Idempotency idempotency) {
    Deadline deadline = Deadline.after(PATIENCE, composition.clock());
    idempotency.purge(Context.of("purge stored responses", deadline));
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
