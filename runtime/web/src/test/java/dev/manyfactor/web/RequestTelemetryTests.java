package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Every request tells its story: one span, one count and one line.
class RequestTelemetryTests {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String DURATION = "http.server.request.duration";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.manyfactor.web.request");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Served served =
      Served.with(
          Served.setup().openTelemetry(sdk),
          Served.answering("/things/{id}", "{}"),
          Served.plain(
              Method.GET,
              "/bug",
              _ ->
                  _ -> {
                    throw new IllegalStateException("a bug");
                  }));

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
    served.close();
    sdk.close();
  }

  @Test
  void spanContinuesTheCallersTraceAndNamesTheRoute() throws Exception {
    served.get("/things/7", "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
    SpanData span = onlySpan();
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getName()).isEqualTo("GET /things/{id}");
    assertThat(strings(span.getAttributes()))
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.route", "/things/{id}")
        .containsEntry("operation", "get/things/{id}")
        .containsEntry("http.response.status_code", "200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00-xyz-" + PARENT + "-01", "ff-" + TRACE + "-" + PARENT + "-01", "garbage"})
  void malformedTraceIsReplacedByANewOne(String header) throws Exception {
    served.get("/things/7", "traceparent: " + header);
    SpanData span = onlySpan();
    assertThat(span.getTraceId()).isNotEqualTo(TRACE).hasSize(32);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void problemCarriesTheTraceId() throws Exception {
    Wire.Answer answer = served.get("/nowhere", "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
    assertThat(answer.body()).contains("\"trace_id\":\"" + TRACE + "\"");
  }

  @Test
  void requestThatIsRefusedBeforeRoutingIsObservedToo() throws Exception {
    Wire.Answer answer = served.send("GET /x HTTP/9.9\r\n\r\n");
    SpanData span = onlySpan();
    assertThat(answer.status()).isEqualTo(505);
    assertThat(answer.body()).contains("\"trace_id\":\"" + span.getTraceId() + "\"");
    assertThat(durations()).hasSize(1);
    assertThat(keyValues(onlyLine())).containsEntry("status", "505");
  }

  @Test
  void bugIsAnErrorOfTheSpanAndAClientsMistakeIsNot() throws Exception {
    served.get("/bug");
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(strings(onlySpan().getAttributes()))
        .containsEntry("error.type", "java.lang.IllegalStateException");
    spans.reset();
    served.get("/nowhere");
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void requestsAreCountedByRouteAndStatus() throws Exception {
    for (int i = 0; i < 3; i++) {
      served.get("/things/" + i);
    }
    served.get("/bug");
    awaitSpans(4);
    Collection<HistogramPointData> points = durations();
    assertThat(points).hasSize(2);
    assertThat(points)
        .anySatisfy(point -> {
          assertThat(point.getCount()).isEqualTo(3);
          assertThat(strings(point.getAttributes()))
              .containsEntry("http.route", "/things/{id}")
              .containsEntry("operation", "get/things/{id}")
              .containsEntry("http.request.method", "GET")
              .containsEntry("http.response.status_code", "200");
        });
    assertThat(activeRequests()).isZero();
  }

  @Test
  void noClientCanAddSeriesOfItsOwn() throws Exception {
    for (int i = 0; i < 50; i++) {
      served.get("/things/" + i, "User-Agent: agent " + i);
      served.get("/nowhere/" + i);
      served.send("BREW" + i + " /things/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    awaitSpans(150);
    assertThat(durations()).hasSize(3);
  }

  @Test
  void eachRequestIsOneLineWithoutItsTarget() throws Exception {
    served.get("/things/secret?token=secret");
    ILoggingEvent line = onlyLine();
    assertThat(line.getLevel().toString()).isEqualTo("INFO");
    assertThat(keyValues(line))
        .containsEntry("method", "GET")
        .containsEntry("route", "/things/{id}")
        .containsEntry("status", "400")
        .containsEntry("operation", "get/things/{id}")
        .containsKey("duration_ms");
    assertThat(line.getFormattedMessage() + line.getKeyValuePairs()).doesNotContain("secret");
  }

  @Test
  void probesLeaveNoTrace() throws Exception {
    assertThat(served.get("/livez").status()).isEqualTo(200);
    assertThat(served.get("/readyz").status()).isEqualTo(200);
    served.get("/things/7");
    awaitSpans(1);
    assertThat(lines.list).hasSize(1);
    assertThat(durations()).hasSize(1);
  }

  private SpanData onlySpan() throws InterruptedException {
    awaitSpans(1);
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    return spans.getFinishedSpanItems().getFirst();
  }

  private ILoggingEvent onlyLine() throws InterruptedException {
    awaitSpans(1);
    assertThat(lines.list).hasSize(1);
    return lines.list.getFirst();
  }

  /// A span ends just after its response has been sent, and is the last thing to do so.
  private void awaitSpans(int count) throws InterruptedException {
    for (int i = 0; i < 2000 && spans.getFinishedSpanItems().size() < count; i++) {
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  private Collection<HistogramPointData> durations() {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(DURATION))
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .toList();
  }

  private long activeRequests() {
    List<LongPointData> points = new ArrayList<>();
    for (MetricData metric : metrics.collectAllMetrics()) {
      if (metric.getName().equals("http.server.active_requests")) {
        points.addAll(metric.getLongSumData().getPoints());
      }
    }
    assertThat(points).isNotEmpty();
    return points.stream().mapToLong(LongPointData::getValue).sum();
  }

  private static Map<String, String> strings(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .collect(
            Collectors.toMap(
                (Map.Entry<AttributeKey<?>, Object> entry) -> entry.getKey().getKey(),
                entry -> entry.getValue().toString()));
  }

  private static Map<String, String> keyValues(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }
}
