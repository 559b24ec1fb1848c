package dev.manyfactor.jobs;

import dev.manyfactor.database.DatabaseException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the threads that run jobs, one per slot. Safe on many threads.
final class Runners {
  /// After so many jobs of one kind a slot goes back, for another kind to have it.
  private static final int MOST_IN_A_ROW = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Registry registry;
  private final TransactionalRunner transactional;
  private final LeasedRunner leased;
  private final Slot slot;
  private final BooleanSupplier accepting;

  /// What a thread runs in.
  interface Slot {

    /// The thread has ended.
    ///
    /// @param worked whether a job was run; if not, looking again at once would be of no use
    void freed(boolean worked);
  }

  Runners(Running running, Attempts attempts, Slot slot, BooleanSupplier accepting) {
    this.registry = running.registry();
    this.transactional = new TransactionalRunner(running, attempts);
    this.leased = new LeasedRunner(running, attempts);
    this.slot = slot;
    this.accepting = accepting;
  }

  /// Runs a job that has been leased, on a thread of its own.
  void startLeased(StoredJob job) {
    start(job.kind(), () -> runLeased(registry.of(job.kind()), job));
  }

  /// Runs jobs of this kind until none is due, on a thread of its own.
  void startTransactional(String kind) {
    start(kind, () -> runTransactional(registry.of(kind)));
  }

  private void start(String kind, BooleanSupplier work) {
    Thread.ofVirtual().name("job " + kind).start(() -> runInSlot(work));
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

  private <P extends Record> boolean runLeased(Declared<P> kind, StoredJob stored) {
    if (kind.job() instanceof LeasedJob<P> job) {
      leased.run(kind, job, stored);
    }
    return true;
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
