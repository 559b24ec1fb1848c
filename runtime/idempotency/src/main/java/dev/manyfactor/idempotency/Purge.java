package dev.manyfactor.idempotency;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the answers that are past their retention: those of a day by TRUNCATE, once the day is
/// over for good, all others one by one. For one use.
///
/// A slot is taken only if nobody uses it, because whoever waits for such a lock makes everybody
/// behind it wait too. Its answers are looked at again under the lock: keys carry the time of the
/// client, and requests are judged by the clock of a process, so either may be days ahead.
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final String IN_USE = "55P03";
  private static final int BATCH = 1_000;

  private final Database database;
  private final Context context;
  private final Duration retention;

  Purge(Database database, Context context, Duration retention) {
    this.database = database;
    this.context = context;
    this.retention = retention;
  }

  /// How many answers were removed one by one.
  long run() {
    Instant now = inTransaction(ResponseStore::now);
    for (long day : Slot.idleDays(now, retention)) {
      empty(Slot.ofDay(day));
    }
    long removed = 0;
    int last;
    do {
      last = inTransaction(write -> ResponseStore.deleteSome(write, retention, BATCH));
      removed += last;
    } while (last == BATCH);
    return removed;
  }

  private void empty(Slot slot) {
    if (inTransaction(write -> ResponseStore.isEmpty(write, slot))) {
      return;
    }
    try {
      boolean emptied = inTransaction(write -> ResponseStore.empty(write, slot, retention));
      if (!emptied) {
        LOG.warn(
            "{} is of a day that is over, but holds an answer of the last {}; it is kept, since the"
                + " clock of a process, or of whoever makes the keys, is days away from the"
                + " database's",
            slot.table(),
            retention);
      }
    } catch (StatementException refusal) {
      if (!refusal.state().equals(IN_USE)) {
        throw refusal;
      }
      LOG.info("{} is in use, and is emptied the next time", slot.table());
    }
  }

  private <T> T inTransaction(Function<Write, T> work) {
    try (var bracket = database.begin(context, Opening.none())) {
      T result = bracket.run(work);
      bracket.commit();
      return result;
    }
  }
}
