package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the workers, in this and in other processes, that jobs were added.
///
/// One thread sends at most one NOTIFY per 50 ms, in a transaction of its own: NOTIFY takes a lock
/// that all notifying transactions of the server share until they have committed, so it has no
/// place in the business transaction. The first wake-up after a pause goes out at once. Nothing is
/// sent again: a wake-up that is lost costs a worker's poll interval.
final class WakeUps implements Wakes, AutoCloseable {
  /// What workers listen to; the message names kinds, separated by commas.
  static final String CHANNEL = "manyfactor_jobs";

  /// What a worker says that is at work, see [LookSql]; no kind is called so.
  static final String AT_WORK = "*";

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_CHARACTERS = 7_000;
  private static final String NOTIFY = "select pg_notify(?, ?)";
  private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

  private final Database database;
  private final InstantSource clock;
  private final Set<String> added = ConcurrentHashMap.newKeySet();
  private final Wake wake = new Wake();
  private final List<Runnable> local = new CopyOnWriteArrayList<>();
  private final Thread sender;
  private volatile boolean closing;

  private WakeUps(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.sender = Thread.ofVirtual().name("jobs-wake-ups").unstarted(this::send);
  }

  static WakeUps start(Database database, InstantSource clock) {
    var wakeUps = new WakeUps(database, clock);
    wakeUps.sender.start();
    return wakeUps;
  }

  /// Also wakes a worker of this process, without the server.
  void addLocal(Runnable worker) {
    local.add(worker);
  }

  void removeLocal(Runnable worker) {
    local.remove(worker);
  }

  @Override
  public void added(String kind) {
    local.forEach(Runnable::run);
    added.add(kind);
    wake.signal();
  }

  /// Sends what is still to be sent, for at most two seconds; the rest is left to the workers'
  /// polls.
  @Override
  public void close() {
    closing = true;
    wake.signal();
    try {
      if (!sender.join(PATIENCE)) {
        sender.interrupt();
      }
    } catch (InterruptedException hurry) {
      sender.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    try {
      while (!closing) {
        if (wake.await(Duration.ofMinutes(1))) {
          sendOnce();
          Thread.sleep(PAUSE);
        }
      }
      sendOnce();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendOnce() {
    var kinds = new TreeSet<>(added);
    added.removeAll(kinds); // one that is added again before the NOTIFY is covered by it
    if (!kinds.isEmpty()) {
      String message = String.join(",", kinds);
      notifyWorkers(message.length() > MOST_CHARACTERS ? "" : message); // no names: everyone looks
    }
  }

  private void notifyWorkers(String kinds) {
    Context context = Context.of("jobs.wake-up", Deadline.after(PATIENCE, clock));
    Opening<List<Integer>> opening = Opening.rows(Statement.of(NOTIFY, CHANNEL, kinds), row -> 1);
    try (Bracket<List<Integer>> bracket = database.begin(context, opening)) {
      bracket.commit();
    } catch (DatabaseException | IllegalStateException failure) {
      LOG.debug("no wake-up was sent; workers find the jobs when they poll", failure);
    }
  }
}
