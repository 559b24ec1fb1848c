package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The gauges `jobs.queue.depth`, `jobs.queue.age`, `jobs.queue.paused` and `jobs.dead`, by kind.
///
/// They are asked of the database when they are collected, at most once in five seconds, and in
/// thirty while nothing happens, and as seldom as their [Budget] says; they count no further than
/// 10,000. Every worker shows the same figures: take the maximum, not the sum.
final class Depths implements AutoCloseable {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final Duration KEPT_AT_REST = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String ASK =
      """
      select k.kind,
             (select count(*)
              from (select from manyfactor.job where job.kind = k.kind limit 10000) due) as depth,
             coalesce(extract(epoch from now() - (
               select min(due_at) from manyfactor.job where job.kind = k.kind)), 0)::float8 as age,
             (select count(*)
              from (select from manyfactor.dead where dead.kind = k.kind limit 10000) d) as dead,
             exists (select from manyfactor.paused where paused.kind = k.kind) as paused
      from unnest(?::text[]) as k (kind)
      """;

  private final Running running;
  private final BooleanSupplier atRest;
  private final ReentrantLock lock = new ReentrantLock();
  private final ObservableLongMeasurement depth;
  private final ObservableDoubleMeasurement age;
  private final ObservableLongMeasurement dead;
  private final ObservableLongMeasurement paused;
  private final BatchCallback callback;
  private final Budget budget;
  private Instant askedAt = Instant.MIN;
  private List<Depth> known = List.of();

  private record Depth(String kind, long depth, double age, long dead, boolean paused) {}

  Depths(Running running, BooleanSupplier atRest) {
    this.running = running;
    this.atRest = atRest;
    this.budget = new Budget(Duration.ZERO, running.nanos());
    Meter meter = running.telemetry().meter();
    depth =
        meter
            .gaugeBuilder("jobs.queue.depth")
            .ofLongs()
            .setUnit("{job}")
            .setDescription("jobs that are due and wait for a worker")
            .buildObserver();
    age =
        meter
            .gaugeBuilder("jobs.queue.age")
            .setUnit("s")
            .setDescription("how long the oldest due job has waited")
            .buildObserver();
    dead =
        meter
            .gaugeBuilder("jobs.dead")
            .ofLongs()
            .setUnit("{job}")
            .setDescription("dead letters")
            .buildObserver();
    paused =
        meter
            .gaugeBuilder("jobs.queue.paused")
            .ofLongs()
            .setUnit("1")
            .setDescription("1 while nobody takes jobs of the queue")
            .buildObserver();
    callback = meter.batchCallback(this::observe, depth, age, dead, paused);
  }

  private void observe() {
    for (Depth kind : current()) {
      Attributes attributes = Attributes.of(JobTelemetry.KIND, kind.kind());
      depth.record(kind.depth(), attributes);
      age.record(kind.age(), attributes);
      dead.record(kind.dead(), attributes);
      paused.record(kind.paused() ? 1 : 0, attributes);
    }
  }

  private List<Depth> current() {
    lock.lock();
    try {
      Instant now = running.clock().instant();
      Duration kept = atRest.getAsBoolean() ? KEPT_AT_REST : KEPT;
      if (askedAt.plus(kept).isBefore(now) && budget.allows()) {
        askedAt = now;
        long startedAt = running.nanos().getAsLong();
        known = ask();
        budget.spent(Duration.ofNanos(running.nanos().getAsLong() - startedAt));
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private List<Depth> ask() {
    List<String> kinds = List.copyOf(running.registry().names());
    Opening<List<Depth>> opening =
        Opening.rows(
            Statement.of(ASK, kinds),
            row ->
                new Depth(
                    row.text("kind"),
                    row.int64("depth"),
                    row.value("age", Double.class),
                    row.int64("dead"),
                    row.bool("paused")));
    Context context = Context.of("jobs.depth", Deadline.after(PATIENCE, running.clock()));
    try (Bracket<List<Depth>> bracket = running.database().begin(context, opening)) {
      return bracket.opened();
    } catch (DatabaseException away) {
      return List.of(); // no figure is better than an old one
    }
  }

  @Override
  public void close() {
    callback.close();
  }
}
