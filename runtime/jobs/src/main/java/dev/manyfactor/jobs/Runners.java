package dev.manyfactor.jobs;

import dev.manyfactor.database.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the threads that run jobs, one per slot. Safe on many threads.
final class Runners implements AutoCloseable {
  /// After so many jobs of one kind a slot goes back, for another kind to have it.
  private static final int MOST_IN_A_ROW = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Registry registry;
  private final TransactionalRunner transactional;
  private final LeasedRunner leased;
  private final Slot slot;
  private final BooleanSupplier accepting;
  private final Backlog backlog;
  private final Completions completions;
  private final LongSupplier nanos;

  // of the platform: they are as few as the slots, and each mostly waits for one connection
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("job-", 0).factory());

  /// What a thread runs in.
  interface Slot {

    /// The thread has ended.
    ///
    /// @param worked whether a job was run; if not, looking again at once would be of no use
    void freed(boolean worked);
  }

  Runners(
      Running running, Attempts attempts, Backlog backlog, Slot slot, BooleanSupplier accepting) {
    this.registry = running.registry();
    this.backlog = backlog;
    this.nanos = running.nanos();
    this.completions = new Completions(running);
    this.transactional = new TransactionalRunner(running, attempts);
    this.leased = new LeasedRunner(running, attempts, completions);
    this.slot = slot;
    this.accepting = accepting;
  }

  /// Runs a job that has been leased, and then those of the backlog, on a thread of its own.
  void startLeased(StoredJob job) {
    start(() -> runLeasedInARow(job));
  }

  /// Gives back jobs of the backlog; those for which that fails are taken back with this worker's
  /// other leases.
  void giveBack(List<StoredJob> jobs) {
    try {
      if (!jobs.isEmpty()) {
        leased.giveBack(jobs);
      }
    } catch (DatabaseException away) {
      LOG.atWarn()
          .addKeyValue("reason", Verdict.describe(away))
          .log("jobs could not be given back; they are run again when this worker is gone");
    }
  }

  /// Runs jobs of this kind until none is due, on a thread of its own.
  void startTransactional(String kind) {
    start(() -> runTransactional(registry.of(kind)));
  }

  /// What runs goes on; nothing is started any more.
  @Override
  public void close() {
    threads.shutdown();
    completions.close();
  }

  private void start(BooleanSupplier work) {
    threads.execute(() -> runInSlot(work));
  }

  private void runInSlot(BooleanSupplier work) {
    boolean worked = false;
    try {
      worked = work.getAsBoolean();
    } catch (DatabaseException away) {
      LOG.atWarn()
          .addKeyValue("reason", Verdict.describe(away))
          .log("no job could be claimed; trying again");
    } catch (RuntimeException fault) {
      LOG.error("a job could be neither run nor recorded; it will be run again", fault);
    } finally {
      slot.freed(worked);
    }
  }

  private boolean runLeasedInARow(StoredJob first) {
    Optional<StoredJob> next = Optional.of(first);
    for (int i = 0; i < MOST_IN_A_ROW && next.isPresent(); i++) {
      long startedAt = nanos.getAsLong();
      runLeased(registry.of(next.get().kind()), next.get());
      backlog.took(Duration.ofNanos(nanos.getAsLong() - startedAt));
      next = accepting.getAsBoolean() ? backlog.next() : Optional.empty();
    }
    next.ifPresent(backlog::add);
    return true;
  }

  private <P extends Record> void runLeased(Declared<P> kind, StoredJob stored) {
    if (kind.job() instanceof LeasedJob<P> job) {
      leased.run(kind, job, stored);
    }
  }

  private <P extends Record> boolean runTransactional(Declared<P> kind) {
    return switch (kind.job()) {
      case LeasedJob<P> _ -> false;
      case TransactionalJob<P> job ->
          runInARow(
              kind,
              (write, payload, stored) -> {
                job.run(write, payload);
                return true;
              });
      case Stepped<P, ?> job -> runInARow(kind, job::step);
    };
  }

  private <P extends Record> boolean runInARow(Declared<P> kind, TransactionalRunner.Work<P> work) {
    int count = 0;
    while (count < MOST_IN_A_ROW && accepting.getAsBoolean() && transactional.runNext(kind, work)) {
      count++;
    }
    return count > 0;
  }
}
