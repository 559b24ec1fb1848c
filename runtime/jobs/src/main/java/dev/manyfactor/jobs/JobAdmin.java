package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Row;
import dev.manyfactor.database.RowMapper;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an operator may ask and do about jobs, over all tenants. Safe on many threads.
///
/// Every method throws a [dev.manyfactor.database.DatabaseException] if the database does not do
/// its part.
public final class JobAdmin {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_LISTED = 1_000;

  private static final String COUNTS =
      """
      select kind, sum(due)::bigint as due, sum(later)::bigint as later,
             sum(running)::bigint as running, sum(dead)::bigint as dead
      from (select kind, count(*) as due, 0 as later, 0 as running, 0 as dead
            from manyfactor.job group by kind
            union all
            select kind, 0, count(*), 0, 0 from manyfactor.later group by kind
            union all
            select kind, 0, 0, count(*), 0 from manyfactor.run group by kind
            union all
            select kind, 0, 0, 0, count(*) from manyfactor.dead group by kind) each
      group by kind order by kind
      """;

  private static final String DEAD =
      """
      select id, kind, tenant, payload, attempts, failures::text as failures, enqueued_at, reason,
             died_at
      from manyfactor.dead order by died_at desc limit ?
      """;

  private static final String RETRY =
      """
      with free as (
        select d.* from manyfactor.dead d
        where d.id = ? and not exists (
          select from manyfactor.job_key k
          where k.kind = d.kind and k.tenant = d.tenant and k.key = d.unique_key)
        for update of d),
      taken as (
        delete from manyfactor.dead d using free where d.id = free.id returning d.*),
      keyed as (
        insert into manyfactor.job_key (kind, tenant, key, job)
        select kind, tenant, unique_key, id from taken where unique_key is not null)
      insert into manyfactor.job
        (id, kind, tenant, payload, unique_key, release, trace, fence, failures, enqueued_at)
      select id, kind, tenant, payload, unique_key, release, trace, fence, failures, enqueued_at
      from taken
      returning kind
      """;

  private static final String DROP = "delete from manyfactor.dead where id = ? returning kind";

  private final Running running;

  JobAdmin(Running running) {
    this.running = running;
  }

  /// How many jobs of one kind there are.
  ///
  /// @param due those that wait for a worker
  /// @param later those that are not due yet, retries included
  /// @param running those that are leased; a transactional job that is running counts as due
  /// @param dead dead letters
  public record Counts(String kind, long due, long later, long running, long dead) {}

  /// A job that was given up.
  ///
  /// @param attempts how often it was tried
  /// @param reason why it was given up
  /// @param failures its history, oldest first, at most 25
  public record DeadLetter(
      JobId id,
      String kind,
      Tenant tenant,
      String payload,
      int attempts,
      List<Failure> failures,
      Instant enqueuedAt,
      String reason,
      Instant diedAt) {}

  /// All kinds of which there is a job.
  public List<Counts> counts() {
    return ask(
        Statement.of(COUNTS),
        row ->
            new Counts(
                row.text("kind"),
                row.int64("due"),
                row.int64("later"),
                row.int64("running"),
                row.int64("dead")));
  }

  /// The latest dead letters.
  ///
  /// @param most 1 to 1000
  public List<DeadLetter> deadLetters(int most) {
    if (most < 1 || most > MOST_LISTED) {
      throw new IllegalArgumentException("most must be 1 to 1000, but is " + most);
    }
    return ask(Statement.of(DEAD, most), JobAdmin::deadLetter);
  }

  private static DeadLetter deadLetter(Row row) {
    return new DeadLetter(
        new JobId(row.uuid("id")),
        row.text("kind"),
        new Tenant(row.text("tenant")),
        row.text("payload"),
        row.int32("attempts"),
        Failures.read(row.text("failures")),
        row.instant("enqueued_at"),
        row.text("reason"),
        row.instant("died_at"));
  }

  /// Makes a dead letter due again, with all its attempts before it and its history kept.
  ///
  /// @return whether there was one, and no living job has its unique key
  public boolean retry(JobId id) {
    Optional<String> kind =
        ask(Statement.of(RETRY, id.value()), row -> row.text("kind")).stream().findFirst();
    kind.ifPresent(running.wakes()::added);
    return kind.isPresent();
  }

  /// Forgets a dead letter.
  ///
  /// @return whether there was one
  public boolean drop(JobId id) {
    return !ask(Statement.of(DROP, id.value()), row -> row.text("kind")).isEmpty();
  }

  private <T> List<T> ask(Statement statement, RowMapper<T> mapper) {
    Context context = Context.of("jobs.admin", Deadline.after(PATIENCE, running.clock()));
    try (Bracket<List<T>> bracket =
        running.database().begin(context, Opening.rows(statement, mapper))) {
      List<T> answer = bracket.opened();
      bracket.commit();
      return answer;
    }
  }
}
