package dev.manyfactor.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts what was logged: `log_events_total{level}` and `log_events_dropped_total`.
final class LogMetrics {
  private static final AttributeKey<String> LEVEL = AttributeKey.stringKey("level");

  private LogMetrics() {}

  static void register(Meter meter, LogAppender appender) {
    var labels =
        EnumSet.complementOf(EnumSet.of(LogLevel.OFF)).stream()
            .collect(Collectors.toMap(Function.identity(), LogMetrics::attributes));
    meter
        .counterBuilder("log.events")
        .setDescription("events that were logged")
        .buildWithCallback(
            now -> labels.forEach((level, each) -> now.record(appender.events(level), each)));
    meter
        .counterBuilder("log.events.dropped")
        .setDescription("log lines that the output did not take in time")
        .buildWithCallback(now -> now.record(appender.writer().dropped()));
  }

  private static Attributes attributes(LogLevel level) {
    return Attributes.of(LEVEL, level.name().toLowerCase(Locale.ROOT));
  }
}
