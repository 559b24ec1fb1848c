package dev.manyfactor.jobs;

import dev.manyfactor.database.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of a worker that looks at the queues and hands out what is due.
///
/// It holds the worker's [Lifeline]. When that is lost, jobs that run under a lease are
/// interrupted, because another worker may take them over from now on, and a new one is opened as
/// soon as the database lets it.
final class Dispatcher {
  private static final Duration SHORTEST_RECONNECT = Duration.ofMillis(50);
  private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(5);

  /// How long one source of wake-ups is waited for before the other one is asked.
  private static final Duration SLICE = Duration.ofMillis(50);

  private static final int GATHERED_MILLIS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Running running;
  private final Attempts attempts;
  private final Semaphore slots;
  private final int concurrency;
  private final Runners runners;
  private final Rhythm rhythm;
  private final Liveness liveness;
  private final Wake wake = new Wake();
  private final Backlog backlog;
  private final Handout handout;
  private volatile boolean accepting = true;
  private volatile boolean closed;
  private volatile boolean busy;

  Dispatcher(Running running, JobsSettings settings, Attempts attempts, Semaphore slots) {
    this.running = running;
    this.liveness = settings.liveness();
    this.concurrency = settings.concurrency();
    this.rhythm = new Rhythm(settings.longestRest(), running.random(), running.nanos());
    this.attempts = attempts;
    this.slots = slots;
    this.backlog = new Backlog(concurrency, running.nanos(), wake::signal);
    this.runners = new Runners(running, attempts, backlog, this::slotFreed, () -> accepting);
    this.handout =
        new Handout(running.registry(), attempts, slots, backlog, runners, () -> accepting);
  }

  /// Whether nothing was at work at the last look, and nothing has been heard since.
  boolean calm() {
    return rhythm.calm();
  }

  private void slotFreed(boolean worked) {
    slots.release();
    if (worked) {
      busy = true;
      wake.signal();
    }
  }

  /// Look now instead of after the pause.
  void wake() {
    wake.signal();
  }

  /// Hand out no more jobs; leases are kept alive until [#close].
  void stopAccepting() {
    accepting = false;
    wake.signal();
  }

  /// Ends [#run] before its next look.
  void close() {
    closed = true;
  }

  /// Works until it is closed or its thread is interrupted.
  void run() {
    Duration reconnect = SHORTEST_RECONNECT;
    try (runners) {
      while (!closed) {
        try (Lifeline lifeline = Lifeline.open(running, liveness)) {
          reconnect = SHORTEST_RECONNECT;
          serve(lifeline);
        } catch (SQLException | RuntimeException lost) { // a fault of ours must not end the worker
          reconnect = afterLoss(lost, reconnect);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration afterLoss(Exception lost, Duration reconnect) throws InterruptedException {
    var _ = backlog.takeAll(); // others take them over
    attempts.interruptLeased(Interruption.LOST);
    if (!closed) {
      LOG.atWarn()
          .addKeyValue("reason", Verdict.describe(lost))
          .setCause(expected(lost) ? null : lost)
          .log("the worker's connection was lost; leased jobs were interrupted, connecting again");
      Thread.sleep(reconnect);
    }
    Duration next = reconnect.multipliedBy(2);
    return next.compareTo(LONGEST_RECONNECT) < 0 ? next : LONGEST_RECONNECT;
  }

  private static boolean expected(Exception lost) {
    return lost instanceof SQLException || lost instanceof DatabaseException;
  }

  private void serve(Lifeline lifeline) throws SQLException, InterruptedException {
    rhythm.stir();
    while (!closed) {
      requireSign(lifeline);
      runners.giveBack(accepting ? backlog.takeStale() : backlog.takeAll());
      Duration rest = lookOrRest(lifeline);
      requireSign(lifeline); // it may have been frozen while it took leases
      rest(lifeline, rest);
    }
    runners.giveBack(backlog.takeAll());
  }

  private void requireSign(Lifeline lifeline) throws SQLException {
    if ((attempts.anyLeased() || !backlog.isEmpty()) && lifeline.isSilent()) {
      throw new SQLException(
          "this worker has given no sign of life for "
              + Liveness.LONGEST_SILENCE
              + ", so others may take its leases");
    }
  }

  /// A look that fails on a session that lives, for example while a migration holds a table, is no
  /// loss: nobody else can have the leases.
  private Duration lookOrRest(Lifeline lifeline) throws SQLException {
    try {
      return look(lifeline);
    } catch (SQLException failure) {
      if (!lifeline.lives()) {
        throw failure;
      }
      LOG.atWarn()
          .addKeyValue("reason", Verdict.describe(failure))
          .log("the queues could not be looked at; trying again");
      return Rhythm.LIFE_SIGN;
    }
  }

  /// @return how long to rest after it
  private Duration look(Lifeline lifeline) throws SQLException {
    boolean glanced = rhythm.calm();
    if (glanced) {
      Glance glance = lifeline.look().glance();
      if (!glance.work()) {
        return rhythm.after(glance, running.clock().instant());
      }
    }
    Round round = handout.from(lifeline.look(), rhythm.mayCall(), glanced);
    if (round.called()) {
      rhythm.called();
    }
    boolean worked = busy || !round.leased().isEmpty();
    busy = false;
    return rhythm.after(round, worked, !attempts.none(), running.clock().instant());
  }

  private void rest(Lifeline lifeline, Duration length) throws SQLException, InterruptedException {
    Duration left = length;
    while (left.isPositive() && !closed) {
      Duration slice = Rhythm.shorter(SLICE, left);
      left = left.minus(slice);
      Heard heard = listen(lifeline, slice);
      if (heard.work()) {
        rhythm.called();
        left = Rhythm.shorter(left, Rhythm.LIFE_SIGN);
      }
      if (heard.jobs()) {
        rhythm.stir();
        gather();
        return;
      }
    }
  }

  /// Waits a few milliseconds for half of the slots to be free, so that one look serves several
  /// short jobs.
  private void gather() throws InterruptedException {
    for (int i = 0; i < GATHERED_MILLIS && isFull(); i++) {
      var _ = wake.await(Duration.ofMillis(1));
    }
  }

  private boolean isFull() {
    return backlog.room() < concurrency && slots.availablePermits() < (concurrency + 1) / 2;
  }

  /// Waits where the next wake-up is likely to come from: at the server while nothing runs here, at
  /// this process's own threads while jobs are about to end.
  private Heard listen(Lifeline lifeline, Duration slice)
      throws SQLException, InterruptedException {
    // what has been handed out may not have begun yet, or have ended before this is asked
    boolean idle = slots.availablePermits() == concurrency;
    boolean woken = wake.await(idle ? Duration.ZERO : slice);
    Heard heard =
        lifeline.heard(running.registry().names(), idle && !woken ? slice : Duration.ZERO);
    return woken ? new Heard(true, heard.work()) : heard;
  }
}
