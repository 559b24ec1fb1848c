package dev.manyfactor.service;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Removes what is past its retention, once an hour. Several processes may do it at a time.
final class Housekeeping {
  private final ScheduledExecutorService hourly =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  private final List<Chore> chores;

  /// One thing to remove.
  ///
  /// @param what its name, as in "could not remove …"
  record Chore(String what, Runnable removal) {}

  private Housekeeping(List<Chore> chores) {
    this.chores = List.copyOf(chores);
  }

  static Housekeeping start(List<Chore> chores) {
    var housekeeping = new Housekeeping(chores);
    var _ =
        housekeeping.hourly.scheduleWithFixedDelay(housekeeping::clean, 1, 60, TimeUnit.MINUTES);
    return housekeeping;
  }

  void stop() {
    hourly.shutdownNow();
  }

  private void clean() {
    for (Chore chore : chores) {
      try {
        chore.removal().run();
      } catch (RuntimeException failure) {
        Log.LOG.warn("could not remove {}; the next attempt is in an hour", chore.what(), failure);
      }
    }
  }
}
