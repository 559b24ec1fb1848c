package dev.manyfactor.jobs;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Gives the free slots of a worker to what a look finds. For the dispatcher's thread.
final class Handout {
  private final Registry registry;
  private final Attempts attempts;
  private final Semaphore slots;
  private final Backlog backlog;
  private final Runners runners;
  private final BooleanSupplier accepting;
  private boolean othersFirst;

  Handout(
      Registry registry,
      Attempts attempts,
      Semaphore slots,
      Backlog backlog,
      Runners runners,
      BooleanSupplier accepting) {
    this.registry = registry;
    this.attempts = attempts;
    this.slots = slots;
    this.backlog = backlog;
    this.runners = runners;
    this.accepting = accepting;
  }

  /// Looks once and starts what was found.
  ///
  /// @param call whether to tell the other workers, if there is anything to do
  /// @param wholly whether there is something, wherever it lies
  Round from(Look look, boolean call, boolean wholly) throws SQLException {
    int free = takeSlots();
    int used = 0;
    try {
      int forLeased = free - (othersFirst ? (free + 1) / 2 : 0);
      Round round = look.take(new Look.Order(forLeased + ahead(), call, wholly));
      attempts.interruptCancelled(round.cancelled());
      used = start(round, free, forLeased);
      return round;
    } finally {
      slots.release(free - used);
    }
  }

  /// Takes every free slot before the look, so that whoever waits for all of them to be free knows
  /// that nothing is about to start.
  private int takeSlots() {
    int free = slots.drainPermits();
    if (accepting.getAsBoolean()) {
      return free;
    }
    slots.release(free);
    return 0;
  }

  /// Jobs are leased ahead only for slots that have leased ones already.
  private int ahead() {
    return accepting.getAsBoolean() && attempts.anyLeased() ? backlog.room() : 0;
  }

  private int start(Round round, int free, int forLeased) {
    round.leased().forEach(backlog::add);
    int used = startLeased(forLeased);
    for (Map.Entry<String, Integer> kind : round.waiting().entrySet()) {
      int most = registry.of(kind.getKey()).most(kind.getValue());
      int wanted = most - attempts.running(kind.getKey());
      for (int i = 0; i < wanted && used < free; i++, used++) {
        runners.startTransactional(kind.getKey());
      }
    }
    // leased jobs must not keep the others out for ever, nor the other way round
    othersFirst = !round.waiting().isEmpty() && !othersFirst;
    return used;
  }

  private int startLeased(int most) {
    int used = 0;
    while (used < most) {
      Optional<StoredJob> next = backlog.next();
      if (next.isEmpty()) {
        break;
      }
      runners.startLeased(next.get());
      used++;
    }
    return used;
  }
}
