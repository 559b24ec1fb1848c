package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Row;
import dev.manyfactor.database.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What an operator may ask and do about jobs, over all tenants. Safe on many threads.
///
/// Every method throws a [dev.manyfactor.database.DatabaseException] if the database does not do
/// its part. Those that move many jobs do so some hundred at a time, so that one that is cut off
/// has done a part of them; calling it again does the rest.
public final class JobAdmin {
  private static final int MOST_LISTED = 1_000;
  private static final int BATCH = 500;

  private final Running running;
  private final Desk desk;
  private final DeadLetters letters;
  private final JobsSettings settings;

  JobAdmin(Running running, JobsSettings settings) {
    this.running = running;
    this.desk = new Desk(running);
    this.letters = new DeadLetters(desk);
    this.settings = settings;
  }

  /// Every queue that is declared here, is paused or has a job, by its name.
  public List<QueueSummary> queues() {
    Map<String, QueueSummary> all = new TreeMap<>();
    running.registry().names().forEach(kind -> all.put(kind, QueueSummary.empty(kind)));
    desk.ask(Statement.of(AdminSql.QUEUES), JobAdmin::queue)
        .forEach(queue -> all.put(queue.kind(), queue));
    return List.copyOf(all.values());
  }

  private static QueueSummary queue(Row row) {
    return new QueueSummary(
        row.text("kind"),
        row.int64("due"),
        row.int64("running"),
        row.int64("later"),
        row.int64("dead"),
        row.optional("oldest", Instant.class),
        row.optional("paused_at", Instant.class));
  }

  /// Jobs: the dead ones first, the latest before the others; then those that run, are due and are
  /// not due yet, the first before the others.
  ///
  /// @param most 1 to 1000
  public List<JobSummary> list(JobFilter filter, int most) {
    if (most < 1 || most > MOST_LISTED) {
      throw new IllegalArgumentException("most must be 1 to 1000, but is " + most);
    }
    return desk.ask(chosen(AdminSql.LIST, filter, most), JobAdmin::summary);
  }

  private static Statement chosen(String sql, JobFilter filter, Object... more) {
    var parameters = new ArrayList<Object>();
    parameters.add(filter.kind());
    parameters.add(filter.tenant().map(Tenant::id));
    parameters.add(filter.states().stream().map(JobState::word).toList());
    parameters.addAll(List.of(more));
    return Statement.of(sql, parameters.toArray());
  }

  private static JobSummary summary(Row row) {
    return new JobSummary(
        new JobId(row.uuid("id")),
        row.text("kind"),
        new Tenant(row.text("tenant")),
        JobState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.instant("since"),
        row.int32("attempts"),
        row.optional("reason", String.class),
        row.instant("enqueued_at"));
  }

  /// One job; empty if it has ended, or never was.
  public Optional<JobDetails> show(JobId id) {
    return desk.ask(Statement.of(AdminSql.SHOW, id.value()), JobAdmin::details).stream()
        .findFirst();
  }

  private static JobDetails details(Row row) {
    return new JobDetails(
        summary(row),
        row.text("payload"),
        row.optional("unique_key", String.class),
        row.text("release"),
        row.optional("trace", String.class),
        Failures.read(row.text("history")));
  }

  /// Nobody takes a job of this kind from now on; jobs are still added. What a worker has already,
  /// or is just taking, comes to its end.
  ///
  /// @return whether it was not paused before
  public boolean pause(String kind) {
    return !desk.ask(Statement.of(AdminSql.PAUSE, kind), row -> true).isEmpty();
  }

  /// The jobs of this kind are taken again.
  ///
  /// @return whether it was paused
  public boolean resume(String kind) {
    boolean paused = !desk.ask(Statement.of(AdminSql.RESUME, kind), row -> true).isEmpty();
    running.wakes().added(kind);
    return paused;
  }

  /// Makes a dead letter due again, with all its attempts before it and its history kept; nothing
  /// if there is none of this id.
  public Retried retry(JobId id) {
    return letters.retry(List.of(id));
  }

  /// The same for all dead letters that `filter` lets through.
  public Retried retryAll(JobFilter filter) {
    var due = new ArrayList<JobId>();
    var held = new ArrayList<JobId>();
    inBatches(
        filter.in(JobState.DEAD),
        ids -> {
          Retried some = letters.retry(ids);
          due.addAll(some.due());
          held.addAll(some.held());
        });
    return new Retried(due, held);
  }

  /// Forgets a dead letter.
  ///
  /// @return whether there was one
  public boolean drop(JobId id) {
    return letters.drop(List.of(id)) == 1;
  }

  /// Forgets all dead letters that `filter` lets through.
  ///
  /// @return how many there were
  public long dropAll(JobFilter filter) {
    var dropped = new LongAdder();
    inBatches(filter.in(JobState.DEAD), ids -> dropped.add(letters.drop(ids)));
    return dropped.sum();
  }

  /// Makes a job that has not ended a dead letter, and waits some seconds for it if it runs: its
  /// worker interrupts it, and nothing of the attempt is stored. Calls that it has made to other
  /// services cannot be taken back.
  public Cancelled cancel(JobId id) {
    return cancel(List.of(id));
  }

  /// The same for several jobs.
  public Cancelled cancel(List<JobId> ids) {
    return ids.isEmpty()
        ? new Cancelled(List.of(), List.of(), List.of())
        : new Cancellation(desk, ids).cancel();
  }

  /// The same for all jobs that `filter` lets through, dead letters left alone.
  public Cancelled cancelAll(JobFilter filter) {
    var dead = new ArrayList<JobId>();
    var ended = new ArrayList<JobId>();
    var still = new ArrayList<JobId>();
    var alive = new ArrayList<>(filter.states());
    alive.remove(JobState.DEAD);
    if (alive.isEmpty()) {
      return cancel(List.of());
    }
    inBatches(
        filter.in(alive.toArray(JobState[]::new)),
        ids -> {
          Cancelled some = cancel(ids);
          dead.addAll(some.dead());
          ended.addAll(some.ended());
          still.addAll(some.running());
        });
    return new Cancelled(dead, ended, still);
  }

  /// Forgets dead letters that are past their retention. Several processes may do so at a time.
  ///
  /// @return how many there were
  public long removeOld() {
    return letters.forget(settings.deadRetention());
  }

  private void inBatches(JobFilter filter, Consumer<List<JobId>> move) {
    var last = new UUID(0, 0);
    List<UUID> batch;
    do {
      batch = desk.ask(chosen(AdminSql.IDS, filter, last, BATCH), row -> row.uuid("id"));
      if (!batch.isEmpty()) {
        move.accept(batch.stream().map(JobId::new).toList());
        last = batch.getLast();
      }
    } while (batch.size() == BATCH);
  }
}
