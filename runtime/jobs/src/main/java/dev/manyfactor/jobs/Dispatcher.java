package dev.manyfactor.jobs;

import dev.manyfactor.database.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of a worker that looks at the queues and hands out what is due.
///
/// It holds the worker's [Lifeline]. When that is lost, jobs that run under a lease are
/// interrupted, because another worker may take them over from now on, and a new one is opened as
/// soon as the database lets it.
final class Dispatcher {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LIFE_SIGN = Duration.ofSeconds(1);
  private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(5);

  /// How long one source of wake-ups is waited for before the other one is asked.
  private static final Duration SLICE = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Running running;
  private final JobsSettings settings;
  private final Attempts attempts;
  private final Semaphore slots;
  private final Runners runners;
  private final Wake wake = new Wake();
  private volatile boolean accepting = true;
  private volatile boolean closed;
  private volatile boolean busy;
  private Duration pause = SHORTEST_PAUSE;
  private boolean othersFirst;

  Dispatcher(Running running, JobsSettings settings, Attempts attempts, Semaphore slots) {
    this.running = running;
    this.settings = settings;
    this.attempts = attempts;
    this.slots = slots;
    this.runners = new Runners(running, attempts, this::slotFreed, () -> accepting);
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
  }

  /// Ends [#run] before its next look.
  void close() {
    closed = true;
  }

  /// Works until it is closed or its thread is interrupted.
  void run() {
    Duration reconnect = SHORTEST_PAUSE;
    try {
      while (!closed) {
        try (Lifeline lifeline = Lifeline.open(running.database(), running.random())) {
          reconnect = SHORTEST_PAUSE;
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
    while (!closed) {
      rest(lifeline, handOutOrRest(lifeline));
    }
  }

  /// A look that fails on a session that lives, for example while a migration holds a table, is no
  /// loss: nobody else can have the leases.
  private Duration handOutOrRest(Lifeline lifeline) throws SQLException {
    try {
      return handOut(lifeline);
    } catch (SQLException failure) {
      if (!lifeline.lives()) {
        throw failure;
      }
      LOG.atWarn()
          .addKeyValue("reason", Verdict.describe(failure))
          .log("the queues could not be looked at; trying again");
      return LIFE_SIGN;
    }
  }

  /// Looks once and starts what was found.
  ///
  /// @return how long to rest after it
  private Duration handOut(Lifeline lifeline) throws SQLException {
    int free = takeSlots();
    int used = 0;
    try {
      int reserved = othersFirst ? (free + 1) / 2 : 0;
      Round round =
          lifeline.look(
              running.registry().leased(),
              running.registry().transactional(),
              free - reserved,
              running.clock());
      attempts.interruptCancelled(round.cancelled());
      used = start(round, free);
      return pauseAfter(round, used);
    } finally {
      slots.release(free - used);
    }
  }

  /// Takes every free slot before the look, so that whoever waits for all of them to be free knows
  /// that nothing is about to start.
  private int takeSlots() {
    int free = slots.drainPermits();
    if (accepting) {
      return free;
    }
    slots.release(free);
    return 0;
  }

  private int start(Round round, int free) {
    round.leased().forEach(runners::startLeased);
    int used = round.leased().size();
    for (Map.Entry<String, Integer> kind : round.waiting().entrySet()) {
      int most = running.registry().of(kind.getKey()).most(kind.getValue());
      int wanted = most - attempts.running(kind.getKey());
      for (int i = 0; i < wanted && used < free; i++, used++) {
        runners.startTransactional(kind.getKey());
      }
    }
    // leased jobs must not keep the others out for ever, nor the other way round
    othersFirst = !round.waiting().isEmpty() && !othersFirst;
    return used;
  }

  private Duration pauseAfter(Round round, int used) {
    // what waits may be in the hands of others, so only what was run here counts as work
    boolean worked = busy || !round.leased().isEmpty();
    busy = false;
    pause = worked ? SHORTEST_PAUSE : shorter(pause.multipliedBy(2), settings.poll());
    Duration rest = jittered(pause);
    if (round.othersAtWork() || used > 0 || !attempts.none()) { // whoever runs may be cancelled
      rest = shorter(rest, LIFE_SIGN);
    }
    Optional<Duration> untilDue =
        round.nextDue().map(due -> Duration.between(running.clock().instant(), due));
    return untilDue.isPresent() ? shorter(rest, untilDue.get()) : rest;
  }

  private Duration jittered(Duration length) {
    return length.multipliedBy(running.random().nextInt(80, 101)).dividedBy(100);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void rest(Lifeline lifeline, Duration length) throws SQLException, InterruptedException {
    Duration left = length;
    while (left.isPositive() && !closed) {
      Duration slice = shorter(SLICE, left);
      if (woken(lifeline, slice)) {
        return;
      }
      left = left.minus(slice);
    }
  }

  /// Waits where the next wake-up is likely to come from: at the server while nothing runs here, at
  /// this process's own threads while jobs are about to end.
  private boolean woken(Lifeline lifeline, Duration slice)
      throws SQLException, InterruptedException {
    Set<String> kinds = running.registry().names();
    // what has been handed out may not have begun yet, or have ended before this is asked
    boolean idle = slots.availablePermits() == settings.concurrency();
    return wake.await(Duration.ZERO)
        || (idle
            ? lifeline.heard(kinds, slice) || wake.await(Duration.ZERO)
            : wake.await(slice) || lifeline.heard(kinds, Duration.ZERO));
  }
}
