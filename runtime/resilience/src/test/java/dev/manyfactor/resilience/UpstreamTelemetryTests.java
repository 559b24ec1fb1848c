package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.manyfactor.config.Configured;
import dev.manyfactor.json.Int64;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamTelemetryTests {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  @Test
  void everyAttemptIsAClientSpanThatTheUpstreamHearsOf() {
    try (var hostile = HostileUpstream.that(answers(503, ""), answers(200, ""));
        var cards = open(hostile)) {
      Span parent = openTelemetry.getTracer("test").spanBuilder("capture").startSpan();
      try (Scope _ = parent.makeCurrent()) {
        cards.get("/charges/{id}").path("id", "1").query("secret", "value").send();
      }
      List<SpanData> attempts = spans.getFinishedSpanItems();
      assertThat(attempts).hasSize(2);
      for (int number = 0; number < 2; number++) {
        SpanData attempt = attempts.get(number);
        assertThat(attempt.getName()).isEqualTo("GET /charges/{id}");
        assertThat(attempt.getParentSpanId()).isEqualTo(parent.getSpanContext().getSpanId());
        assertThat(attempt.getAttributes().toString()).doesNotContain("value");
        assertThat(hostile.received().get(number).headers().get("traceparent"))
            .startsWith("00-" + attempt.getTraceId() + "-" + attempt.getSpanId() + "-");
      }
      assertThat(attempts.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(attempts.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      assertThat(
              attempts
                  .getLast()
                  .getAttributes()
                  .get(AttributeKey.longKey("http.request.resend_count")))
          .isEqualTo(1);
    }
  }

  @Test
  void everyAttemptIsMeasuredAndEveryFailureCounted() {
    try (var hostile = HostileUpstream.that(answers(503, ""), answers(404, ""));
        var cards = open(hostile)) {
      cards.get("/charges").send();
      assertThat(metric("http.client.request.duration").getHistogramData().getPoints())
          .hasSize(2)
          .allSatisfy(point -> {
            assertThat(point.getCount()).isEqualTo(1);
            assertThat(point.getAttributes().get(AttributeKey.stringKey("url.template")))
                .isEqualTo("/charges");
          });
      assertThat(errors()).isEqualTo(1);
    }
  }

  @Test
  void anUnreadableBodyCountsAsAFailureOfTheDependency() {
    try (var hostile = HostileUpstream.that(answers(404, ""));
        var cards = open(hostile)) {
      Reply reply = cards.get("/charges").send();
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> reply.body(Int64.ANY));
      assertThat(errors()).isEqualTo(1);
    }
  }

  private long errors() {
    return metric("dependency.errors").getLongSumData().getPoints().stream()
        .filter(point ->
            "cards".equals(point.getAttributes().get(AttributeKey.stringKey("dependency"))))
        .mapToLong(point -> point.getValue())
        .sum();
  }

  private MetricData metric(String name) {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Upstream open(HostileUpstream hostile) {
    return Upstream.of("cards", Configured.of(settings(hostile.url(), 2))).open(openTelemetry);
  }
}
