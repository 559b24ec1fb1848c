package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a worker tells of its jobs, and a job of whoever added it.
class WorkerTelemetryTests {
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, new TestClock());

  record Counted(int number) {}

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void figuresTellDepthAgeDurationAndOutcome() {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    TransactionalJob<Counted> failing = (write, counted) -> fail();
    Queue<Counted> queue = program.jobs().queue(Counted.class, failing);
    try (var telemetry =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build()) {
      program.open(telemetry);
      program.write("acme", write -> queue.add(write, new Counted(1)));
      postgres.execute("update manyfactor.job set kind = kind, due_at = now() - interval '1 hour'");
      program.startWorker();
      Await.until("it waits", () -> ask("select count(*) from manyfactor.later").equals("1"));
      Await.until("a duration", () -> figure(reader, "jobs.duration").isPresent());

      assertThat(List.of("jobs.queue.depth", "jobs.queue.age", "jobs.queue.paused", "jobs.dead"))
          .allMatch(name -> figure(reader, name).isPresent());
      HistogramPointData duration = histogram(reader, "jobs.duration");
      assertThat(duration.getCount()).isEqualTo(1);
      assertThat(duration.getAttributes().asMap().values())
          .containsExactlyInAnyOrder(queue.kind(), "retry");
      assertThat(histogram(reader, "jobs.wait").getMin()).isGreaterThan(3_500);
    }
  }

  private static void fail() {
    throw new IllegalStateException("no");
  }

  private static Optional<MetricData> figure(InMemoryMetricReader reader, String name) {
    return reader.collectAllMetrics().stream()
        .filter(data -> data.getName().equals(name))
        .findFirst();
  }

  private static HistogramPointData histogram(InMemoryMetricReader reader, String name) {
    return figure(reader, name).orElseThrow().getHistogramData().getPoints().iterator().next();
  }

  @Test
  void aJobSeesItsContextAndContinuesTheTraceOfWhoeverAddedIt() {
    Map<String, String> seen = new ConcurrentHashMap<>();
    TransactionalJob<Counted> looking = (write, counted) -> look(write, seen);
    Queue<Counted> queue = program.jobs().queue(Counted.class, looking);
    try (var telemetry =
        OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().build()).build()) {
      program.open(telemetry);
      Span request = telemetry.getTracer("test").spanBuilder("POST /payments").startSpan();
      io.opentelemetry.context.Context.root()
          .with(request)
          .wrap(() -> program.write("acme", write -> queue.add(write, new Counted(1))))
          .run();
      program.startWorker();

      Await.until("the job ran", () -> seen.containsKey("trace"));
      assertThat(seen)
          .containsEntry("operation", queue.kind())
          .containsEntry("tenant", "acme")
          .containsEntry("inTransaction", "true")
          .containsEntry("trace", request.getSpanContext().getTraceId());
    }
  }

  private static void look(Write write, Map<String, String> seen) {
    Context context = Context.current().orElseThrow();
    seen.put("operation", context.operation());
    seen.put("tenant", write.tenant().id());
    seen.put("inTransaction", Boolean.toString(context.inTransaction()));
    seen.put("trace", Span.current().getSpanContext().getTraceId());
  }

  private String ask(String sql) {
    return postgres.ask(sql).getFirst();
  }
}
