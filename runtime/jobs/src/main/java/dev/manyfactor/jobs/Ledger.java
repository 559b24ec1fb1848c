package dev.manyfactor.jobs;

import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Row;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What is written about a job that was taken out of its table: that it will run again, or why not.
///
/// @param release whose code ran
record Ledger(Release release, InstantSource clock, RandomGenerator random) {
  private static final String SHARED =
      "(id, kind, tenant, payload, unique_key, release, trace, attempts, fence, failures,"
          + " enqueued_at";
  private static final String LATER =
      "insert into manyfactor.later "
          + SHARED
          + ", run_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)";
  private static final String DEAD =
      "insert into manyfactor.dead "
          + SHARED
          + ", reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)";
  private static final String FREE_KEY =
      "delete from manyfactor.job_key where kind = ? and tenant = ? and key = ? and job = ?";

  /// Why a job is dead that an operator has cancelled.
  static final String CANCELLED = "cancelled by an operator";

  /// Forgets that a job is to be cancelled. Parameter: its id.
  static final String UNMARK = "delete from manyfactor.cancelled where job = ?";

  /// Writes what becomes of the job after this failure.
  Verdict write(Write write, StoredJob job, Policy policy, Throwable failure) {
    Instant now = clock.instant();
    Verdict verdict = Verdict.after(failure, job.attempt(), policy, now, random);
    var entry = new Failure(now, job.attempt(), release.id(), Verdict.describe(failure));
    String failures = Failures.with(job.failures(), entry);
    switch (verdict) {
      case Verdict.Again(Instant at) -> insert(write, LATER, job, job.attempt(), failures, at);
      case Verdict.Dead(String reason) -> {
        insert(write, DEAD, job, job.attempt(), failures, reason);
        freeKey(write, job);
      }
    }
    return verdict;
  }

  /// Writes that no attempt is left, although none was made.
  void writeDead(Write write, StoredJob job, String reason) {
    insert(write, DEAD, job, job.attempts(), job.failures(), reason);
    freeKey(write, job);
  }

  /// Writes that an operator has cancelled the job while it ran, or before it could run again.
  void writeCancelled(Write write, StoredJob job) {
    writeDead(write, job, CANCELLED);
    write.update(UNMARK, job.id().value());
  }

  private static void insert(
      Write write, String sql, StoredJob job, int attempts, String failures, Object last) {
    write.updateOne(
        sql,
        job.id().value(),
        job.kind(),
        job.tenant().id(),
        job.payload(),
        job.uniqueKey(),
        job.release(),
        job.trace(),
        attempts,
        job.fence(),
        failures,
        job.enqueuedAt(),
        last);
  }

  private static void freeKey(Write write, StoredJob job) {
    for (Statement statement : closing(job)) {
      write.update(statement.sql(), statement.parameters().toArray());
    }
  }

  /// What else has to be done in the transaction that completes a job.
  static Statement[] closing(StoredJob job) {
    return job
        .uniqueKey()
        .map(key -> Statement.of(FREE_KEY, job.kind(), job.tenant().id(), key, job.id().value()))
        .stream()
        .toArray(Statement[]::new);
  }

  /// A claimed job, from the columns that every claim returns.
  static StoredJob job(Row row) {
    return new StoredJob(
        new JobId(row.uuid("id")),
        row.text("kind"),
        new Tenant(row.text("tenant")),
        row.text("payload"),
        row.optional("unique_key", String.class),
        row.text("release"),
        row.optional("trace", String.class),
        row.int32("attempts"),
        row.int64("fence"),
        row.text("failures"),
        row.instant("enqueued_at"),
        row.instant("due_at"),
        row.value("waited", Double.class),
        row.bool("cancelled"));
  }
}
