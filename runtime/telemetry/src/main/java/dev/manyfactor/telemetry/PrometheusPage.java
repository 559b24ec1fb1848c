package dev.manyfactor.telemetry;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// All metrics in the text format of Prometheus.
///
/// Every series carries the release, so that two releases that run side by side can be told apart;
/// the other facts about the process are labels of `target_info`. Which module measured is not a
/// label: names are unique over all modules. Safe on many threads.
final class PrometheusPage {
  private static final Set<String> ON_EVERY_SERIES = Set.of("service.version");

  private final PrometheusMetricReader reader =
      PrometheusMetricReader.builder()
          .setOtelScopeLabelsEnabled(false)
          .setAllowedResourceAttributesFilter(ON_EVERY_SERIES::contains)
          .build();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  MetricReader reader() {
    return reader;
  }

  String text() {
    var bytes = new ByteArrayOutputStream(16 * 1024);
    try {
      writer.write(bytes, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
