package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;
import java.time.Instant;
import java.util.function.Supplier;

/// A declared schedule: when it fires and what its jobs do.
record Planned(String name, Supplier<ScheduleSettings> settings, Scheduled scheduled) {

  /// The payload of a schedule's job.
  record Fired(Instant instant) {}

  /// The kind of the jobs that it adds.
  String kind() {
    return "schedule." + name;
  }

  Declared<Fired> declared() {
    return new Declared<>(kind(), Fired.class, new FiredJob(scheduled));
  }

  /// Runs the work of one instant and one tenant.
  private record FiredJob(Scheduled scheduled) implements TransactionalJob<Fired> {
    @Override
    public void run(Write write, Fired fired) {
      scheduled.run(write, fired.instant());
    }

    @Override
    public Policy policy() {
      return scheduled.policy();
    }
  }
}
