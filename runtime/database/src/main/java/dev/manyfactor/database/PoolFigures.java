package dev.manyfactor.database;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the pool does, under the names of the OpenTelemetry conventions (`db.client.connection.*`).
final class PoolFigures implements MetricsTrackerFactory {
  private static final AttributeKey<String> POOL =
      AttributeKey.stringKey("db.client.connection.pool.name");
  private static final AttributeKey<String> STATE =
      AttributeKey.stringKey("db.client.connection.state");
  private static final Attributes NAMED = Attributes.of(POOL, "database");
  private static final Attributes USED = Attributes.of(POOL, "database", STATE, "used");
  private static final Attributes IDLE = Attributes.of(POOL, "database", STATE, "idle");

  private final Meter meter;
  private final DoubleHistogram createTime;
  private final DoubleHistogram waitTime;
  private final DoubleHistogram useTime;
  private final LongCounter timeouts;
  private final List<Runnable> observations = new ArrayList<>();

  PoolFigures(OpenTelemetry telemetry) {
    meter = telemetry.getMeter("dev.manyfactor.database");
    createTime = seconds("create_time", "the time it took to open a connection");
    waitTime = seconds("wait_time", "the time a transaction waited for a connection");
    useTime = seconds("use_time", "the time a transaction held a connection");
    timeouts =
        meter
            .counterBuilder("db.client.connection.timeouts")
            .setUnit("{timeout}")
            .setDescription("how often no connection was free in time")
            .build();
  }

  /// Reports the state of a pool until this is closed.
  void observe(Pool pool) {
    observations.add(
        meter
                .upDownCounterBuilder("db.client.connection.count")
                .setUnit("{connection}")
                .setDescription("connections by state")
                .buildWithCallback(count -> count(pool, count))
            ::close);
    observations.add(
        meter
                .upDownCounterBuilder("db.client.connection.max")
                .setUnit("{connection}")
                .setDescription("the most connections there may be")
                .buildWithCallback(max -> max.record(pool.size(), NAMED))
            ::close);
    observations.add(
        meter
                .upDownCounterBuilder("db.client.connection.pending_requests")
                .setUnit("{request}")
                .setDescription("transactions that wait for a connection")
                .buildWithCallback(pending -> pending.record(pool.waiting(), NAMED))
            ::close);
  }

  void waited(Duration time) {
    waitTime.record(time.toNanos() / 1e9, NAMED);
  }

  void timedOut() {
    timeouts.add(1, NAMED);
  }

  @Override
  public IMetricsTracker create(String pool, PoolStats stats) {
    return new IMetricsTracker() {
      @Override
      public void recordConnectionCreatedMillis(long millis) {
        createTime.record(millis / 1_000.0, NAMED);
      }

      @Override
      public void recordConnectionUsageMillis(long millis) {
        useTime.record(millis / 1_000.0, NAMED);
      }
    };
  }

  /// Ends the reports.
  void close() {
    observations.forEach(Runnable::run);
  }

  private DoubleHistogram seconds(String name, String description) {
    return meter
        .histogramBuilder("db.client.connection." + name)
        .setUnit("s")
        .setDescription(description)
        .build();
  }

  private static void count(Pool pool, ObservableLongMeasurement count) {
    count.record(pool.used(), USED);
    count.record(pool.idle(), IDLE);
  }
}
