package dev.manyfactor.service;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.idempotency.Idempotency;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Removes stored responses that are past their retention, once an hour. Several processes may do
/// it at a time.
final class Housekeeping {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ScheduledExecutorService hourly =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  private final Idempotency idempotency;
  private final InstantSource clock;

  private Housekeeping(Idempotency idempotency, InstantSource clock) {
    this.idempotency = idempotency;
    this.clock = clock;
  }

  static Housekeeping start(Idempotency idempotency, InstantSource clock) {
    var housekeeping = new Housekeeping(idempotency, clock);
    var _ =
        housekeeping.hourly.scheduleWithFixedDelay(housekeeping::purge, 1, 60, TimeUnit.MINUTES);
    return housekeeping;
  }

  void stop() {
    hourly.shutdownNow();
  }

  private void purge() {
    try {
      Deadline deadline = Deadline.after(PATIENCE, clock);
      idempotency.purge(Context.of("purge stored responses", deadline));
    } catch (RuntimeException failure) {
      Log.LOG.warn(
          "could not remove old stored responses; the next attempt is in an hour", failure);
    }
  }
}
