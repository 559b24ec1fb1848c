package dev.manyfactor.jobs;

import dev.manyfactor.database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds the jobs of every declared schedule when they are due, until it is stopped.
///
/// Any number of schedulers may run and none of them leads: whoever decides an instant first has
/// decided it for all. Between instants it looks at its clock once a second and asks the database
/// nothing.
public final class Scheduler {
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final Timetable timetable;
  private final Running running;
  private final Wake stopping = new Wake();
  private final Thread thread;
  private volatile boolean stopped;

  private Scheduler(Running running, Collection<Planned> plans) {
    this.running = running;
    this.timetable = new Timetable(running, List.copyOf(plans));
    this.thread = Thread.ofVirtual().name("jobs-scheduler").unstarted(this::run);
  }

  static Scheduler start(Running running, Collection<Planned> plans) {
    var scheduler = new Scheduler(running, plans);
    scheduler.thread.start();
    return scheduler;
  }

  /// Adds no more jobs; returns once it has ended.
  ///
  /// @return whether it ended within `grace`
  public boolean stop(Duration grace) {
    stopped = true;
    stopping.signal();
    try {
      if (thread.join(grace)) {
        return true;
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    return false;
  }

  private void run() {
    try {
      while (!stopped) {
        stopping.await(untilNextLook());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /// Decides what has become due.
  ///
  /// @return how long to sleep then; not longer than a second, because clocks are set, and looking
  ///   at one costs nothing
  private Duration untilNextLook() {
    try {
      Instant now = running.clock().instant();
      Instant next = timetable.decide(now);
      Duration left = Duration.between(running.clock().instant(), next);
      return left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
    } catch (RuntimeException away) { // also a fault of ours: one that ends the thread is worse
      LOG.atWarn()
          .setCause(away instanceof DatabaseException ? null : away)
          .addKeyValue("reason", Verdict.describe(away))
          .log("no schedule could be decided; trying again");
      return AFTER_FAILURE;
    }
  }
}
