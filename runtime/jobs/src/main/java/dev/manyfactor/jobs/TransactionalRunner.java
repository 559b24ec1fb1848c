package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.CommitUnknownException;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Runs transactional jobs: claim, work and completion are one transaction. A [SteppedJob] does so
/// step by step.
///
/// The claim deletes the row, a savepoint follows, then comes the work. If the work fails, the
/// transaction goes back to the savepoint and writes the retry or the dead letter instead, so the
/// job is never seen by another worker in between. Safe on many threads.
final class TransactionalRunner {
  /// For writing down a failure after the job's own deadline has passed.
  private static final Duration RESERVE = Duration.ofSeconds(5);

  /// After which the server ends a transaction of which it hears nothing.
  private static final Duration SERVER_GRACE = Duration.ofSeconds(3);

  private static final String TAKE_BACK =
      "delete from manyfactor.job where id = ? and attempts = ? and fence = ? returning id";

  private final Running running;
  private final Attempts attempts;
  private final Ledger ledger;

  TransactionalRunner(Running running, Attempts attempts) {
    this.running = running;
    this.attempts = attempts;
    this.ledger = running.ledger();
  }

  /// Runs the oldest due job of this kind.
  ///
  /// @return whether there was one
  /// @throws DatabaseException if the database does not do its part
  <P extends Record> boolean runNext(Declared<P> kind, Work<P> work) {
    Duration bound = kind.policy().deadline().plus(RESERVE);
    Context claiming = Context.of("jobs.claim", Deadline.after(bound, running.clock()));
    try (Bracket<List<StoredJob>> bracket =
        running.database().begin(claiming, claim(kind, bound))) {
      if (bracket.opened().isEmpty()) {
        return false;
      }
      StoredJob stored = bracket.opened().getFirst();
      running.floors().claimed(stored);
      var task = new Task<>(kind, work, stored);
      context(stored, kind.policy().deadline())
          .run(() -> running.telemetry().observe(stored, seen -> run(task, bracket, seen)));
      return true;
    }
  }

  /// The code of a job, as far as one transaction goes.
  @FunctionalInterface
  interface Work<P extends Record> {

    /// Does what is to be done in this transaction.
    ///
    /// @return whether the job is done; if not, it has put itself back into the queue
    boolean run(Write write, P payload, StoredJob stored);
  }

  /// What is being run.
  private record Task<P extends Record>(Declared<P> kind, Work<P> job, StoredJob stored) {

    boolean work(Write write) {
      return job.run(write, kind.payload(stored), stored);
    }
  }

  private Opening<List<StoredJob>> claim(Declared<?> kind, Duration bound) {
    String name = kind.kind();
    int most = kind.policy().concurrency().orElse(0);
    Instant floor = running.floors().of(name);
    long limit = bound.plus(SERVER_GRACE).toMillis();
    return Opening.alone(
            Statement.of(LookSql.CLAIM, name, floor, most, Long.toString(limit)), Ledger::job)
        .withSavepoint();
  }

  private Context context(StoredJob stored, Duration bound) {
    return Context.of(stored.kind(), Deadline.after(bound, running.clock()))
        .withTenant(stored.tenant());
  }

  private <P extends Record> void run(
      Task<P> task, Bracket<List<StoredJob>> bracket, Observation observation) {
    switch (task.stored().cancelled() ? new Outcome.Cancelled() : work(task, bracket)) {
      case Outcome.Done() -> {
        if (commit(task, bracket, observation, Ledger.closing(task.stored()))) {
          observation.done();
        }
      }
      case Outcome.Ahead() -> {
        if (commit(task, bracket, observation)) {
          observation.ahead();
        }
      }
      case Outcome.Failed(Throwable failure) -> fail(task, bracket, failure, observation);
      case Outcome.Cancelled() -> bury(task, bracket, observation);
      case Outcome.Stopped(), Outcome.Lost() -> observation.stopped(); // closing rolls back
    }
  }

  private <P extends Record> Outcome work(Task<P> task, Bracket<List<StoredJob>> bracket) {
    Context context = context(task.stored(), task.kind().policy().deadline());
    try (Attempt attempt = attempts.begin(task.kind(), task.stored().id())) {
      try {
        boolean done = bracket.run(context, task::work);
        return attempt.isCancelled() || done ? Outcome.of(attempt) : new Outcome.Ahead();
      } catch (Throwable failure) {
        return Outcome.after(failure, attempt);
      }
    }
  }

  /// @return whether it is known to be committed
  private <P extends Record> boolean commit(
      Task<P> task,
      Bracket<List<StoredJob>> bracket,
      Observation observation,
      Statement... closing) {
    try {
      bracket.commit(closing);
      return true;
    } catch (CommitUnknownException either) {
      observation.unknown(either); // done, or due again: both are right
    } catch (DatabaseException refused) {
      failAfterRollback(task, refused, observation);
    }
    return false;
  }

  /// If this fails the job is due again, and whoever claims it does the same.
  private <P extends Record> void bury(
      Task<P> task, Bracket<List<StoredJob>> bracket, Observation observation) {
    try {
      Context recording = context(task.stored(), RESERVE);
      bracket.restart(recording);
      bracket.run(
          recording,
          write -> {
            ledger.writeCancelled(write, task.stored());
            return true;
          });
      bracket.commit();
      observation.cancelled();
    } catch (DatabaseException connectionGone) {
      observation.interrupted();
    }
  }

  private <P extends Record> void fail(
      Task<P> task, Bracket<List<StoredJob>> bracket, Throwable failure, Observation observation) {
    try {
      Context recording = context(task.stored(), RESERVE);
      bracket.restart(recording); // the failed work's deadline may have passed
      Verdict verdict = bracket.run(recording, write -> record(task, write, failure));
      bracket.commit();
      observation.failed(verdict, failure);
    } catch (CommitUnknownException either) {
      observation.unknown(either);
    } catch (DatabaseException connectionGone) {
      bracket.close();
      failAfterRollback(task, failure, observation);
    }
  }

  private <P extends Record> Verdict record(Task<P> task, Write write, Throwable failure) {
    return ledger.write(write, task.stored(), task.kind().policy(), failure);
  }

  /// The job is due again already; takes it out once more to write down its failure, unless another
  /// worker has dealt with it meanwhile.
  private <P extends Record> void failAfterRollback(
      Task<P> task, Throwable failure, Observation observation) {
    StoredJob stored = task.stored();
    var takeBack = Statement.of(TAKE_BACK, stored.id().value(), stored.attempts(), stored.fence());
    Context recording = context(stored, RESERVE);
    try (Bracket<List<String>> bracket =
        running.database().begin(recording, Opening.rows(takeBack, row -> ""))) {
      if (bracket.opened().isEmpty()) {
        observation.lost();
        return;
      }
      Verdict verdict = bracket.run(write -> record(task, write, failure));
      bracket.commit();
      observation.failed(verdict, failure);
    } catch (DatabaseException unrecorded) {
      unrecorded.addSuppressed(failure);
      observation.unknown(unrecorded);
    }
  }
}
