package dev.manyfactor.telemetry;

import dev.manyfactor.context.Release;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Optional;

/// The logs, metrics and traces of one process.
///
/// Modules log through SLF4J and measure through [#openTelemetry]. A metric's unit and name are
/// those of OpenTelemetry: `http.server.request.duration` in `s` is read as
/// `http_server_request_duration_seconds`. Histograms in seconds share one scale, 1 ms to 10 min;
/// other histograms must say theirs. One series more than 2,000 per metric is folded into an
/// overflow series. Safe on many threads.
public final class Telemetry implements AutoCloseable {
  /// The media type of [#prometheusText].
  public static final String PROMETHEUS_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
  private static final AttributeKey<String> DEPLOYMENT =
      AttributeKey.stringKey("deployment.environment.name");
  private static final AttributeKey<String> PROCESS = AttributeKey.stringKey("manyfactor.process");

  private final Logs logs;
  private final PrometheusPage page = new PrometheusPage();
  private final Instruments instruments;

  private Telemetry(Logs logs, Resource resource, Optional<SpanHearing> hearing) {
    this.logs = logs;
    this.instruments = new Instruments(resource, page.reader(), hearing);
    Meter meter = instruments.getMeter("dev.manyfactor.telemetry");
    LogMetrics.register(meter, logs.appender());
    ProcessMetrics.register(meter);
    JvmMetrics.register(meter);
  }

  /// Starts them: from here on every log line names the release and the process.
  ///
  /// Logs belong to the whole JVM: of several, the last that was started and is not closed names
  /// the speaker; the last to start sets level and output.
  ///
  /// @param process the process type, for example `web` or `worker`
  /// @throws IllegalStateException if SLF4J was given to another backend
  public static Telemetry start(Release release, String process, TelemetrySettings settings) {
    return start(release, process, settings, LogOutput.STDOUT);
  }

  /// The same for a process whose standard output is not for logs.
  public static Telemetry start(
      Release release, String process, TelemetrySettings settings, LogOutput output) {
    return start(release, process, settings, Outlets.of(output));
  }

  /// The same with a say in where everything goes.
  public static Telemetry start(
      Release release, String process, TelemetrySettings settings, Outlets outlets) {
    var logs = Logs.start(new LogIdentity(release, process), settings, outlets.logs());
    var resource =
        Resource.create(
            Attributes.of(
                SERVICE, release.service(),
                VERSION, release.id(),
                DEPLOYMENT, release.deployment(),
                PROCESS, process));
    return new Telemetry(
        logs,
        resource,
        outlets.spans().map(listener -> new SpanHearing(release.service(), listener)));
  }

  /// Sends log lines there from now on; for a command that may say something before it starts
  /// telemetry, and whose standard output is its result.
  public static void logTo(LogOutput output) {
    Logs.redirect(output);
  }

  /// What other modules instrument through.
  public OpenTelemetry openTelemetry() {
    return instruments;
  }

  /// Every metric in the Prometheus text format 0.0.4.
  public String prometheusText() {
    return page.text();
  }

  /// Writes out what is buffered and stops measuring. Logging goes on, line by line.
  @Override
  public void close() {
    instruments.close();
    logs.close();
  }
}
