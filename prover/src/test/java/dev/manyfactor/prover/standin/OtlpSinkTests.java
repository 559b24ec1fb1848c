package dev.manyfactor.prover.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSinkTests {
  private static final Resource RESOURCE =
      Resource.builder().put("service.name", "payments").build();

  private final OtlpSink sink = OtlpSink.start();
  private final String url = "http://127.0.0.1:" + sink.address().getPort();

  @AfterEach
  void close() {
    sink.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void keepsSpansThatTheSdkExports(String compression) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(url + "/v1/traces")
            .setCompression(compression)
            .build();
    try (SdkTracerProvider tracing =
        SdkTracerProvider.builder()
            .setResource(RESOURCE)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      Span span =
          tracing
              .get("test")
              .spanBuilder("GET /x")
              .setSpanKind(SpanKind.SERVER)
              .setAttribute("http.response.status_code", 503)
              .setAttribute("ok", true)
              .startSpan();
      span.setStatus(StatusCode.ERROR).end();
      tracing.forceFlush().join(20, TimeUnit.SECONDS);
      assertThat(sink.spans()).hasSize(1);
      ExportedSpan kept = sink.spans().getFirst();
      assertThat(kept.resource()).containsEntry("service.name", "payments");
      assertThat(kept.ids())
          .isEqualTo(
              new ExportedSpan.Ids(
                  span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId(), ""));
      assertThat(kept.name() + " " + kept.kind() + " " + kept.status())
          .isEqualTo("GET /x server error");
      assertThat(kept.attributes())
          .isEqualTo(Map.of("http.response.status_code", "503", "ok", "true"));
      assertThat(kept.time().ended()).isGreaterThanOrEqualTo(kept.time().began());
    }
    assertThat(sink.problems()).isEmpty();
  }

  @Test
  void keepsMetricsThatTheSdkExports() {
    OtlpHttpMetricExporter exporter =
        OtlpHttpMetricExporter.builder().setEndpoint(url + "/v1/metrics").build();
    try (SdkMeterProvider metering =
        SdkMeterProvider.builder()
            .setResource(RESOURCE)
            .registerMetricReader(PeriodicMetricReader.create(exporter))
            .build()) {
      var meter = metering.get("test");
      meter.counterBuilder("calls").setUnit("{call}").build().add(7, Attributes.empty());
      var took = meter.histogramBuilder("took").setUnit("s").build();
      took.record(1.5);
      took.record(2.5);
      metering.forceFlush().join(20, TimeUnit.SECONDS);
    }
    Map<String, String> resource = sink.points().getFirst().resource();
    assertThat(resource).containsEntry("service.name", "payments");
    assertThat(sink.points())
        .contains(
            new ExportedPoint(resource, "calls", "{call}", "sum", Map.of(), 7, 1),
            new ExportedPoint(resource, "took", "s", "histogram", Map.of(), 4, 2));
  }

  @Test
  void keepsLogsThatTheSdkExports() {
    OtlpHttpLogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder().setEndpoint(url + "/v1/logs").build();
    try (SdkLoggerProvider logging =
        SdkLoggerProvider.builder()
            .setResource(RESOURCE)
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build()) {
      logging
          .get("test")
          .logRecordBuilder()
          .setSeverity(Severity.WARN)
          .setBody("it is late")
          .setAttribute("tenant", "acme")
          .emit();
      logging.forceFlush().join(20, TimeUnit.SECONDS);
    }
    ExportedLog log = sink.logs().getFirst();
    assertThat(log.severity()).isEqualTo(13);
    assertThat(log.body()).isEqualTo("it is late");
    assertThat(log.trace() + log.span()).isEmpty();
    assertThat(log.attributes()).isEqualTo(Map.of("tenant", "acme"));
  }

  @Test
  void refusesAndNamesWhatIsNoOtlp() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, "application/json", "gzip")).isEqualTo(415);
      assertThat(post(client, "application/x-protobuf", "br")).isEqualTo(415);
      assertThat(post(client, "application/x-protobuf", "gzip")).isEqualTo(400);
      assertThat(post(client, "application/x-protobuf", "identity")).isEqualTo(400);
    }
    assertThat(sink.problems())
        .hasSize(4)
        .first()
        .isEqualTo(
            "POST /v1/traces: Content-Type must be application/x-protobuf, but is"
                + " \"application/json\"");
    assertThat(sink.spans()).isEmpty();
  }

  private int post(HttpClient client, String type, String encoding) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url + "/v1/traces"))
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofString("not what it says"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
