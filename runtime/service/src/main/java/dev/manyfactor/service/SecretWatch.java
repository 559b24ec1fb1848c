package dev.manyfactor.service;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Problem;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks at the files of secrets every two seconds, and has the configuration take what has
/// changed.
///
/// A file that cannot be taken (gone, empty, refused by a check) changes nothing: it is counted in
/// `secret_read_failures_total` at every look, and told in the log when what is wrong with it
/// changes. `secret_age_seconds` says how long ago the file was written whose secret is in use.
final class SecretWatch implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final AttributeKey<String> VARIABLE = AttributeKey.stringKey("variable");

  private final Configuration configuration;
  private final InstantSource clock;
  private final LongCounter failures;
  private final ObservableDoubleGauge ages;
  private final Map<String, Instant> written = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("secret-watch").factory());
  private List<Problem> told = List.of();

  private SecretWatch(Configuration configuration, OpenTelemetry telemetry, InstantSource clock) {
    this.configuration = configuration;
    this.clock = clock;
    Meter meter = telemetry.getMeter("dev.manyfactor.service");
    this.failures =
        meter
            .counterBuilder("secret.read.failures")
            .setDescription("looks at a secret's file that gave nothing to use")
            .build();
    this.ages =
        meter
            .gaugeBuilder("secret.age")
            .setUnit("s")
            .setDescription("time since the file of the secret in use was written")
            .buildWithCallback(this::observe);
  }

  /// Begins to look, if there are such files.
  static SecretWatch start(
      Configuration configuration, OpenTelemetry telemetry, InstantSource clock) {
    var watch = new SecretWatch(configuration, telemetry, clock);
    watch.noteAges(configuration.secretFiles().keySet());
    if (!configuration.secretFiles().isEmpty()) {
      long millis = BETWEEN_LOOKS.toMillis();
      var _ =
          watch.looks.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  private void look() {
    try {
      List<String> changed = configuration.refresh();
      noteAges(changed);
      changed.forEach(variable -> Log.LOG.info("{} has a new secret", variable));
      told = List.of();
    } catch (ConfigurationException refused) {
      tell(refused.problems());
    } catch (RuntimeException bug) { // one that ends the looks is worse
      Log.LOG.error("could not look at the files of secrets; trying again", bug);
    }
  }

  private void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      failures.add(1, Attributes.of(VARIABLE, problem.variable()));
      if (!told.contains(problem)) {
        Log.LOG.warn("{}; what was there before stays in use", problem.message());
      }
    }
    told = problems;
  }

  private void noteAges(Iterable<String> variables) {
    Map<String, Path> files = configuration.secretFiles();
    for (String variable : variables) {
      try {
        written.put(
            variable,
            Files.getLastModifiedTime(files.getOrDefault(variable, Path.of(""))).toInstant());
      } catch (IOException goneAgain) {
        written.put(variable, clock.instant());
      }
    }
  }

  private void observe(ObservableDoubleMeasurement age) {
    written.forEach((variable, at) ->
        age.record(
            Duration.between(at, clock.instant()).toMillis() / 1000.0,
            Attributes.of(VARIABLE, variable)));
  }

  @Override
  public void close() {
    looks.shutdownNow();
    ages.close();
  }
}
