package dev.manyfactor.jobs;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Write;
import dev.manyfactor.migrations.MigrationSet;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The jobs and schedules of one program: declared first, opened once the configuration is bound.
///
/// Every process of the service declares all of them, and each starts what it is for: a web process
/// adds jobs, a worker runs them, a scheduler adds those that are due by a schedule.
///
/// ```java
/// Jobs jobs = Jobs.declare(configuration, database);
/// Queue<Capture.Requested> captures = jobs.queue(Capture.Requested.class, new Capture());
/// …
/// jobs.open(release, telemetry.openTelemetry(), InstantSource.system());
/// Worker worker = jobs.startWorker();
/// ```
///
/// Declare on one thread; after [#open] it is safe on many.
public final class Jobs implements AutoCloseable {
  private final Configured<JobsSettings> settings;
  private final Database database;
  private final Registry registry = new Registry();
  private final Map<String, Planned> plans = new LinkedHashMap<>();
  private final @Nullable Configuration configuration;
  private volatile @Nullable Running running;

  private Jobs(
      Configured<JobsSettings> settings, Database database, @Nullable Configuration configuration) {
    this.settings = settings;
    this.database = database;
    this.configuration = configuration;
  }

  /// Jobs whose settings start with `JOBS_`, stored in `database`.
  public static Jobs declare(Configuration configuration, Database database) {
    return new Jobs(configuration.declare("JOBS", JobsSettings.class), database, configuration);
  }

  /// Jobs of a program without an environment; schedules are then declared with their settings.
  public static Jobs of(JobsSettings settings, Database database) {
    return new Jobs(Configured.of(settings), database, null);
  }

  /// The tables of jobs and schedules.
  public static MigrationSet migrations() {
    return MigrationSet.ofModule("jobs", Jobs.class);
  }

  /// Declares the code that runs jobs with this payload.
  ///
  /// @return where such jobs are added, usable after [#open]
  /// @throws IllegalArgumentException if the kind cannot be told or is declared already
  public <P extends Record> Queue<P> queue(Class<P> payload, Job<P> job) {
    return declare(payload, job);
  }

  /// Declares the code that runs jobs with this payload in steps.
  ///
  /// @param checkpoint what a step hands on to the next
  /// @return where such jobs are added, usable after [#open]
  /// @throws IllegalArgumentException if the kind cannot be told or is declared already
  public <P extends Record, C extends Record> Queue<P> queue(
      Class<P> payload, Class<C> checkpoint, SteppedJob<P, C> job) {
    return declare(payload, new Stepped<>(checkpoint, job));
  }

  private <P extends Record> Queue<P> declare(Class<P> payload, Job<P> job) {
    var declared = new Declared<>(KindName.of(payload), payload, job);
    registry.add(declared);
    return new Queue<>(declared.kind(), () -> opened().enqueuer());
  }

  /// Declares a schedule that the environment must state, see [ScheduleSettings].
  ///
  /// @param name lower-case words joined by `-`; `settle` reads `SETTLE_SCHEDULE`
  public void schedule(String name, Scheduled scheduled) {
    var stated = configuration().declare(Configuration.prefix(name), ScheduleSettings.class);
    add(new Planned(name, stated::value, scheduled));
  }

  /// Declares a schedule that the environment may change, see [ScheduleSettings].
  ///
  /// @param fallback when, unless the environment says otherwise
  public void schedule(String name, Schedule fallback, Scheduled scheduled) {
    var stated =
        configuration()
            .declare(
                Configuration.prefix(name),
                ScheduleSettings.class,
                Map.of("schedule", fallback.text()));
    add(new Planned(name, stated::value, scheduled));
  }

  /// Declares a schedule whose settings are given here.
  public void schedule(String name, ScheduleSettings settings, Scheduled scheduled) {
    add(new Planned(name, () -> settings, scheduled));
  }

  private void add(Planned plan) {
    registry.add(plan.declared());
    plans.put(plan.name(), plan);
  }

  /// The kinds of job that are declared, those of schedules included; a worker is needed if there
  /// are any.
  public List<String> kinds() {
    return List.copyOf(registry.names());
  }

  /// The names of the schedules that are declared; a scheduler is needed if there are any.
  public List<String> schedules() {
    return List.copyOf(plans.keySet());
  }

  /// Makes queues usable, and worker and scheduler startable. Opens nothing by itself; the database
  /// must be open when the first job is added.
  ///
  /// @param clock for delays, waits and schedules
  /// @throws IllegalStateException if it is open already
  public void open(Release release, OpenTelemetry telemetry, InstantSource clock) {
    if (running != null) {
      throw new IllegalStateException("the jobs are open already");
    }
    running = Running.of(database, registry, release, telemetry, clock);
  }

  /// Starts running jobs of every declared kind in this process; returns at once, and goes on
  /// trying while the database is away.
  ///
  /// @throws IllegalStateException before [#open]
  public Worker startWorker() {
    return Worker.start(opened(), settings.value());
  }

  /// Starts adding the jobs of every declared schedule; returns at once, and goes on trying while
  /// the database is away.
  ///
  /// @throws IllegalStateException before [#open]
  public Scheduler startScheduler() {
    return Scheduler.start(opened(), plans.values());
  }

  /// What an operator may ask and do.
  ///
  /// @throws IllegalStateException before [#open]
  public JobAdmin admin() {
    return new JobAdmin(opened(), settings.value());
  }

  /// Notes that the tenant of this transaction exists, so that schedules reach it although it has
  /// never added a job. Cheap; call it where a tenant writes for the first time.
  public void know(Write write) {
    write.update(
        "insert into manyfactor.tenant (tenant) values (?) on conflict do nothing",
        write.tenant().id());
  }

  /// Ends the wake-ups of other processes. Stop worker and scheduler before.
  @Override
  public void close() {
    Running open = running;
    if (open != null) {
      open.close();
    }
  }

  /// What the parts of this module share, once it is open.
  Running opened() {
    Running open = running;
    if (open == null) {
      throw new IllegalStateException("the jobs are not open yet; call Jobs.open first");
    }
    return open;
  }

  private Configuration configuration() {
    if (configuration == null) {
      throw new IllegalStateException(
          "these jobs have no configuration; state the ScheduleSettings of a schedule with it");
    }
    return configuration;
  }
}
