package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

class FiguresTests {

  @Test
  void poolAndTransactionsAreMeasured() {
    var metrics = InMemoryMetricReader.create();
    var spans = InMemorySpanExporter.create();
    try (var telemetry =
            OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
        var database =
            Database.of(Configured.of(DatabaseSettings.of(TestPostgres.create().app())))) {
      database.open(telemetry, "test");
      database.read(context("acme"), read -> read.sql("select 1").exists());
      assertThat(metrics.collectAllMetrics())
          .extracting(MetricData::getName)
          .contains(
              "db.client.connection.count",
              "db.client.connection.max",
              "db.client.connection.pending_requests",
              "db.client.connection.create_time",
              "db.client.connection.wait_time",
              "db.client.connection.use_time",
              "db.client.operation.duration");
      assertThat(spans.getFinishedSpanItems())
          .singleElement()
          .satisfies(span -> assertThat(span.getName()).isEqualTo("read test"));
    }
  }
}
