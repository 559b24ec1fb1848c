package dev.manyfactor.service;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.identity.Issuer;
import dev.manyfactor.jobs.Job;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.jobs.Schedule;
import dev.manyfactor.jobs.Scheduled;
import dev.manyfactor.jobs.SteppedJob;
import dev.manyfactor.resilience.TimeAndChance;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.telemetry.TelemetrySettings;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.Routes;
import dev.manyfactor.web.WebSettings;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a service is made of, as its `compose` method declares it.
///
/// Every method declares and returns a handle; handles can be used once the whole environment has
/// been checked and the process has started. Declaring one thing twice, or under a name that is
/// taken, is an `IllegalStateException`. For one thread.
public final class Composition {
  private final String name;
  private final Configuration configuration = new Configuration();
  private final Configured<ServiceSettings> serviceSettings;
  private final Configured<TelemetrySettings> telemetrySettings;
  private final Configured<WebSettings> webSettings;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Map<String, NamedTask<?>> tasks = new LinkedHashMap<>();
  private final ClassLoader loader;
  private final Surroundings surroundings;
  private @Nullable Routes routes;
  private @Nullable Configured<DatabaseSettings> databaseSettings;
  private @Nullable Database database;
  private @Nullable Idempotency idempotency;
  private @Nullable Jobs jobs;
  private @Nullable Issuer issuer;

  /// @param loader where the service's own resources are
  Composition(String name, ClassLoader loader, Surroundings surroundings) {
    this.name = name;
    this.loader = loader;
    this.surroundings = surroundings;
    serviceSettings = configuration.declare("", ServiceSettings.class);
    telemetrySettings = configuration.declare("", TelemetrySettings.class);
    webSettings = configuration.declare("", WebSettings.class);
  }

  /// The service's database, which `DATABASE_URL` names.
  public Database database() {
    Database declared = database;
    if (declared == null) {
      databaseSettings = configuration.declare(DatabaseSettings.PREFIX, DatabaseSettings.class);
      declared = Database.of(databaseSettings, clock());
      database = declared;
      idempotency =
          new Idempotency(
              declared,
              configuration.declare(IdempotencySettings.PREFIX, IdempotencySettings.class),
              clock());
    }
    return declared;
  }

  /// Another service, which `<NAME>_URL` names, with the bounds of `<NAME>_TIMEOUT` and so on.
  public Upstream upstream(String upstream) {
    if (upstreams.containsKey(upstream)) {
      throw twice("upstream", upstream);
    }
    Upstream declared = Upstream.declare(configuration, upstream);
    upstreams.put(upstream, declared);
    return declared;
  }

  /// The service's own settings. The variables of record `RateSettings` start with `RATE_`.
  public <R extends Record> Configured<R> settings(Class<R> type) {
    String feature = type.getSimpleName().replaceFirst("Settings$", "");
    return configuration.declare(
        feature.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT), type);
  }

  /// A kind of job and what runs it; the queue is for adding jobs.
  public <P extends Record> Queue<P> job(Class<P> payload, Job<P> job) {
    return jobs().queue(payload, job);
  }

  /// A kind of long job and what runs it, step by step.
  ///
  /// @param checkpoint what a step hands on to the next
  public <P extends Record, C extends Record> Queue<P> job(
      Class<P> payload, Class<C> checkpoint, SteppedJob<P, C> job) {
    return jobs().queue(payload, checkpoint, job);
  }

  /// What the service answers, as generated from its contract.
  public void web(Routes answered) {
    if (routes != null) {
      throw twice("contract", answered.contractResource());
    }
    routes = answered;
    if (answered.operations().stream()
        .anyMatch(operation -> !(operation.access() instanceof Access.Public))) {
      issuer = Issuer.declare(configuration);
    }
  }

  /// Work that starts at certain instants, once for each tenant, however many schedulers run.
  ///
  /// @param plan when, unless `<NAME>_SCHEDULE` says otherwise: a cron expression of five fields in
  ///   UTC, or an interval such as `every 5m`
  public void schedule(String schedule, String plan, Scheduled scheduled) {
    jobs().schedule(schedule, Schedule.parse(plan), scheduled);
  }

  /// A task without options.
  public void task(String task, Task<Task.NoOptions> work) {
    task(task, Task.NoOptions.class, work);
  }

  /// A task and the record of its options.
  ///
  /// @param task its name, which is the argument that starts it
  public <O extends Record> void task(String task, Class<O> options, Task<O> work) {
    if (tasks.containsKey(task)
        || ProcessType.named(task).isPresent()
        || Usage.COMMANDS.containsKey(task)) {
      throw twice("task or command", task);
    }
    tasks.put(task, new NamedTask<>(task, options, work));
  }

  String name() {
    return name;
  }

  Configuration configuration() {
    return configuration;
  }

  ServiceSettings serviceSettings() {
    return serviceSettings.value();
  }

  TelemetrySettings telemetrySettings() {
    return telemetrySettings.value();
  }

  WebSettings webSettings() {
    return webSettings.value();
  }

  DatabaseSettings databaseSettings() {
    return Objects.requireNonNull(databaseSettings, "the service has no database").value();
  }

  Optional<Idempotency> declaredIdempotency() {
    return Optional.ofNullable(idempotency);
  }

  Optional<Database> declaredDatabase() {
    return Optional.ofNullable(database);
  }

  Optional<Jobs> declaredJobs() {
    return Optional.ofNullable(jobs);
  }

  Optional<Issuer> declaredIssuer() {
    return Optional.ofNullable(issuer);
  }

  Optional<Routes> declaredRoutes() {
    return Optional.ofNullable(routes);
  }

  List<Upstream> upstreams() {
    return List.copyOf(upstreams.values());
  }

  Map<String, NamedTask<?>> tasks() {
    return Collections.unmodifiableMap(tasks);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  TimeAndChance time() {
    return surroundings.time();
  }

  InstantSource clock() {
    return time().clock();
  }

  ClassLoader loader() {
    return loader;
  }

  /// Which processes there is work for.
  List<ProcessType> processTypes() {
    return Arrays.stream(ProcessType.values()).filter(this::hasWorkFor).toList();
  }

  private boolean hasWorkFor(ProcessType type) {
    return switch (type) {
      case WEB -> routes != null;
      case WORKER -> jobs != null && !jobs.kinds().isEmpty();
      case SCHEDULER -> jobs != null && !jobs.schedules().isEmpty();
      case ALL -> true;
    };
  }

  private Jobs jobs() {
    Jobs declared = jobs;
    if (declared == null) {
      declared = Jobs.declare(configuration, database());
      jobs = declared;
    }
    return declared;
  }

  private static IllegalStateException twice(String kind, String name) {
    return new IllegalStateException(
        "there is a " + kind + " named " + name + " already; give this one another name");
  }
}
