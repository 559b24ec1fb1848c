package dev.manyfactor.benchmarks.queues;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// db-scheduler in its fastest mode: rows are locked and fetched in one statement, several batches
/// ahead, and a job that is due is not left to the next poll.
final class DbScheduler implements Contender {
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamptz not null, picked boolean not null, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures integer,
        last_heartbeat timestamptz, version bigint not null, priority smallint, state text,
        primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;
  private static final String FILL =
      """
      insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
      select 'numbered', (n - 1)::text, now(), false, 1 from generate_series(1, ?) n
      """;

  private final Tables tables;
  private final LongSupplier nanos;
  private final InstantSource clock;
  private final HikariDataSource pool;
  private final OneTimeTask<Void> task;
  private final SchedulerClient client;
  private volatile Starts starts;

  private DbScheduler(
      Tables tables, LongSupplier nanos, InstantSource clock, HikariDataSource pool) {
    this.tables = tables;
    this.nanos = nanos;
    this.clock = clock;
    this.pool = pool;
    this.starts = new Starts(0, nanos);
    this.task =
        Tasks.oneTime("numbered")
            .execute((instance, _) -> starts.started(Integer.parseInt(instance.getId())));
    this.client = SchedulerClient.Builder.create(pool, task).build();
  }

  static DbScheduler open(String owner, LongSupplier nanos, InstantSource clock)
      throws SQLException {
    Tables tables =
        new Tables(URI.create(owner), URI.create(owner), FILL, List.of("scheduled_tasks"));
    tables.execute(TABLE);
    var configuration = new HikariConfig();
    String[] login = tables.owner().getUserInfo().split(":", 2);
    configuration.setJdbcUrl(tables.jdbcUrl());
    configuration.setUsername(login[0]);
    configuration.setPassword(login[1]);
    configuration.setMaximumPoolSize(LANES + 4);
    return new DbScheduler(tables, nanos, clock, new HikariDataSource(configuration));
  }

  @Override
  public String name() {
    return "db-scheduler";
  }

  @Override
  public double enqueue(Duration duration) throws SQLException, InterruptedException {
    double rate = Lanes.forSome(duration, starts, job -> add(client, job));
    tables.empty();
    return rate;
  }

  private void add(SchedulerClient to, int job) {
    var _ = to.scheduleIfNotExists(task.instance(String.valueOf(job)), clock.instant());
  }

  @Override
  public double work(int jobs) throws SQLException, InterruptedException {
    starts = new Starts(jobs, nanos);
    tables.fill(jobs);
    run(_ -> {});
    return starts.rate();
  }

  @Override
  public double endToEnd(int jobs) throws SQLException, InterruptedException {
    starts = new Starts(jobs, nanos);
    long start = starts.now();
    run(scheduler -> Lanes.all(starts, job -> add(scheduler, job)));
    return starts.rateSince(start);
  }

  @Override
  public Waits waits(double perSecond, Duration duration)
      throws SQLException, InterruptedException {
    starts = new Starts((int) (perSecond * duration.toSeconds()), nanos);
    run(scheduler -> Lanes.steadily(starts, perSecond, job -> add(scheduler, job)));
    return Waits.of(starts.waits(), perSecond);
  }

  private interface Beside {
    void run(Scheduler scheduler) throws InterruptedException;
  }

  private void run(Beside beside) throws SQLException, InterruptedException {
    Scheduler scheduler =
        Scheduler.create(pool, task)
            .threads(LANES)
            .pollUsingLockAndFetch(1.0, 4.0)
            .pollingInterval(Duration.ofMillis(100))
            .enableImmediateExecution()
            .build();
    scheduler.start();
    try {
      beside.run(scheduler);
      starts.await();
    } finally {
      scheduler.stop();
    }
    tables.mustBeEmpty();
  }

  @Override
  public void close() {
    pool.close();
  }
}
