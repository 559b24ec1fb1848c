package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.CommitUnknownException;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Runs leased jobs: the lease is committed before, the completion commits with the effects, and
/// only under the fence of that lease. Safe on many threads.
final class LeasedRunner {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String GIVE_BACK =
      """
      with mine as (select * from unnest(?::uuid[], ?::bigint[]) as m (id, fence)),
      back as (
        delete from manyfactor.run r using mine
        where r.id = any(array(select id from mine)) and r.id = mine.id and r.fence = mine.fence
        returning r.*)
      insert into manyfactor.job
        (id, kind, tenant, payload, unique_key, release, trace, attempts, fence, failures,
         enqueued_at)
      select id, kind, tenant, payload, unique_key, release, trace, attempts, fence, failures,
             enqueued_at
      from back
      """;

  private final Running running;
  private final Attempts attempts;
  private final Ledger ledger;
  private final Completions completions;

  LeasedRunner(Running running, Attempts attempts, Completions completions) {
    this.running = running;
    this.attempts = attempts;
    this.completions = completions;
    this.ledger = running.ledger();
  }

  /// What is being run.
  private record Task<P extends Record>(Declared<P> kind, LeasedJob<P> job, StoredJob stored) {}

  /// Runs a job that was leased to this worker. Does not throw.
  <P extends Record> void run(Declared<P> kind, LeasedJob<P> job, StoredJob stored) {
    var task = new Task<>(kind, job, stored);
    context(stored, kind.policy().deadline())
        .run(() -> running.telemetry().observe(stored, seen -> observed(task, seen)));
  }

  private Context context(StoredJob stored, Duration bound) {
    return Context.of(stored.kind(), Deadline.after(bound, running.clock()))
        .withTenant(stored.tenant());
  }

  private <P extends Record> void observed(Task<P> task, Observation observation) {
    try {
      end(task, observation);
    } catch (CommitUnknownException either) {
      observation.unknown(either); // done, or leased until it is taken back: both are right
    } catch (DatabaseException unrecorded) {
      observation.unknown(unrecorded); // the lease runs out, or is taken back with this worker's
    }
  }

  private <P extends Record> void end(Task<P> task, Observation observation) {
    StoredJob stored = task.stored();
    if (stored.attempts() >= task.kind().policy().attempts()) {
      String reason =
          "attempt %d was the last, and its worker was lost".formatted(stored.attempts());
      settle(stored, write -> ledger.writeDead(write, stored, reason));
      observation.dead(reason);
      return;
    }
    switch (stored.cancelled() ? new Outcome.Cancelled() : work(task)) {
      case Outcome.Done(), Outcome.Ahead() -> observation.done();
      case Outcome.Failed(Throwable failure) -> fail(task, failure, observation);
      case Outcome.Cancelled() -> bury(stored, observation);
      case Outcome.Stopped() -> giveBack(stored, observation);
      case Outcome.Lost() -> observation.lost();
    }
  }

  private <P extends Record> Outcome work(Task<P> task) {
    StoredJob stored = task.stored();
    Context context = context(stored, task.kind().policy().deadline());
    try (Attempt attempt = attempts.begin(task.kind(), stored.id());
        var lease = new Lease(running.database(), context, stored, completions)) {
      try {
        P payload = task.kind().payload(stored);
        task.job().run(Call.of(context, stored.id().callKey(), lease), payload);
        Outcome outcome = Outcome.of(attempt);
        if (outcome instanceof Outcome.Done) {
          lease.complete();
        }
        return outcome;
      } catch (CommitUnknownException either) {
        throw either;
      } catch (Throwable failure) {
        return Outcome.after(failure, attempt);
      }
    }
  }

  private <P extends Record> void fail(Task<P> task, Throwable failure, Observation observation) {
    StoredJob stored = task.stored();
    Policy policy = task.kind().policy();
    Context recording = context(stored, PATIENCE);
    try (Bracket<List<String>> bracket =
        running.database().begin(recording, Lease.acknowledgement(stored))) {
      if (bracket.opened().isEmpty()) {
        observation.lost();
        return;
      }
      Verdict verdict = bracket.run(write -> ledger.write(write, stored, policy, failure));
      bracket.commit();
      observation.failed(verdict, failure);
    }
  }

  private void settle(StoredJob stored, Consumer<Write> ending) {
    try (Bracket<List<String>> bracket =
        running.database().begin(context(stored, PATIENCE), Lease.acknowledgement(stored))) {
      if (bracket.opened().isEmpty()) {
        return;
      }
      bracket.run(write -> {
        ending.accept(write);
        return true;
      });
      bracket.commit();
    }
  }

  /// The operator has taken the lease's row away, or leaves that to us.
  private void bury(StoredJob stored, Observation observation) {
    settle(stored, write -> ledger.writeCancelled(write, stored));
    end(stored, Statement.of(Ledger.UNMARK, stored.id().value()));
    observation.cancelled();
  }

  private void giveBack(StoredJob stored, Observation observation) {
    giveBack(List.of(stored));
    observation.stopped();
  }

  /// Gives back jobs that were leased to this worker.
  ///
  /// @throws DatabaseException if the database does not do its part; the jobs are taken back with
  ///   this worker's other leases
  void giveBack(List<StoredJob> jobs) {
    end(
        jobs.getFirst(),
        Statement.of(
            GIVE_BACK,
            jobs.stream().map(job -> job.id().value()).toList(),
            jobs.stream().map(StoredJob::fence).toList()));
  }

  private void end(StoredJob stored, Statement last) {
    try (var bracket = running.database().begin(context(stored, PATIENCE), Opening.none())) {
      bracket.commit(last);
    }
  }
}
