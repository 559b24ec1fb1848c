package dev.manyfactor.benchmarks.queues;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.jobs.Job;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.jobs.JobsSettings;
import dev.manyfactor.jobs.Kind;
import dev.manyfactor.jobs.LeasedJob;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.jobs.TransactionalJob;
import dev.manyfactor.jobs.Worker;
import dev.manyfactor.migrations.Migrations;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// The jobs of the runtime: transactional ones, or leased ones.
final class Ours implements Contender {
  static final Tenant TENANT = new Tenant("acme");
  private static final Release RELEASE = new Release("benchmark", "benchmark", "benchmark");
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final boolean leased;
  private final Tables tables;
  private final Surroundings surroundings;
  private final Database database;
  private final Jobs jobs;
  private final Queue<Numbered> queue;
  private volatile Starts starts;

  /// What a job has to know.
  @Kind("numbered")
  record Numbered(int number) {}

  private Ours(boolean leased, Tables tables, Surroundings surroundings) {
    this.leased = leased;
    this.tables = tables;
    this.surroundings = surroundings;
    this.starts = new Starts(0, surroundings.nanos());
    this.database =
        Database.of(
            Configured.of(
                DatabaseSettings.of(PostgresUrl.parse(tables.serving().toString()))
                    .withPoolSize(LANES + 4)
                    .withAcquireTimeout(DEADLINE)));
    var settings = JobsSettings.DEFAULT;
    this.jobs =
        Jobs.of(
            new JobsSettings(LANES, settings.poll(), settings.deadRetention(), settings.liveness()),
            database);
    this.queue = jobs.queue(Numbered.class, job());
  }

  private Job<Numbered> job() {
    LeasedJob<Numbered> ofLease = (_, payload) -> starts.started(payload.number());
    TransactionalJob<Numbered> ofTransaction = (_, payload) -> starts.started(payload.number());
    return leased ? ofLease : ofTransaction;
  }

  /// Opens it on tables that are there.
  static Ours open(boolean leased, Tables tables, Surroundings surroundings) {
    var ours = new Ours(leased, tables, surroundings);
    ours.database.open(OpenTelemetry.noop(), "benchmark");
    ours.jobs.open(RELEASE, OpenTelemetry.noop(), surroundings.clock());
    return ours;
  }

  /// Makes the tables.
  static void migrate(Tables tables) {
    new Migrations(List.of(Jobs.migrations()), RELEASE)
        .apply(
            PostgresUrl.parse(tables.owner().toString()),
            PostgresUrl.parse(tables.serving().toString()),
            _ -> {});
  }

  @Override
  public String name() {
    return leased ? "leased" : "transactional";
  }

  @Override
  public double enqueue(Duration duration) throws SQLException, InterruptedException {
    double rate = Lanes.forSome(duration, starts, this::add);
    tables.empty();
    return rate;
  }

  void add(int number) {
    Context context =
        Context.of("benchmark.add", Deadline.after(DEADLINE, surroundings.clock()))
            .withTenant(TENANT);
    var _ = database.write(context, write -> queue.add(write, new Numbered(number)));
  }

  @Override
  public double work(int jobs) throws SQLException, InterruptedException {
    starts = new Starts(jobs, surroundings.nanos());
    tables.fill(jobs);
    run(() -> {});
    return starts.rate();
  }

  @Override
  public double endToEnd(int jobs) throws SQLException, InterruptedException {
    starts = new Starts(jobs, surroundings.nanos());
    long start = starts.now();
    run(() -> Lanes.all(starts, this::add));
    return starts.rateSince(start);
  }

  @Override
  public Waits waits(double perSecond, Duration duration)
      throws SQLException, InterruptedException {
    starts = new Starts((int) (perSecond * duration.toSeconds()), surroundings.nanos());
    run(() -> Lanes.steadily(starts, perSecond, this::add));
    return Waits.of(starts.waits(), perSecond);
  }

  private interface Beside {
    void run() throws InterruptedException;
  }

  private void run(Beside beside) throws SQLException, InterruptedException {
    Worker worker = jobs.startWorker();
    try {
      beside.run();
      starts.await();
    } finally {
      worker.stop(GRACE);
    }
    tables.mustBeEmpty();
  }

  @Override
  public void close() {
    jobs.close();
    database.close();
  }
}
