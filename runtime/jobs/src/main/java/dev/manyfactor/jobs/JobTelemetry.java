package dev.manyfactor.jobs;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Spans and figures of attempts.
///
/// `jobs.duration` and `jobs.wait` are in seconds; the former has the outcome of each attempt and
/// so counts them. A span continues the trace of whoever added the job.
final class JobTelemetry {
  static final AttributeKey<String> KIND = AttributeKey.stringKey("job.kind");
  private static final AttributeKey<String> ID = AttributeKey.stringKey("job.id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("job.attempt");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final List<Double> BUCKETS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 600.0);

  private final Tracer tracer;
  private final Meter meter;
  private final DoubleHistogram durations;
  private final DoubleHistogram waits;
  private final LongSupplier nanos;

  JobTelemetry(OpenTelemetry telemetry, LongSupplier nanos) {
    this.tracer = telemetry.getTracer("dev.manyfactor.jobs");
    this.meter = telemetry.getMeter("dev.manyfactor.jobs");
    this.durations = histogram("jobs.duration", "time that attempts took");
    this.waits = histogram("jobs.wait", "time between being due and being claimed");
    this.nanos = nanos;
  }

  private DoubleHistogram histogram(String name, String description) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(BUCKETS)
        .build();
  }

  Meter meter() {
    return meter;
  }

  /// Runs an attempt under a span of its own.
  void observe(StoredJob job, Consumer<Observation> attempt) {
    Context enqueuer = Traces.after(job.trace());
    Span span =
        tracer
            .spanBuilder("job " + job.kind())
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(enqueuer)
            .setAttribute(KIND, job.kind())
            .setAttribute(ID, job.id().toString())
            .setAttribute(ATTEMPT, (long) job.attempt())
            .startSpan();
    waits.record(Math.max(0, job.waited()), Attributes.of(KIND, job.kind()));
    var observation = new Observation(job, span);
    long startedAt = nanos.getAsLong();
    try {
      enqueuer.with(span).wrap(() -> attempt.accept(observation)).run();
    } finally {
      double seconds = (nanos.getAsLong() - startedAt) / 1e9;
      durations.record(seconds, Attributes.of(KIND, job.kind(), OUTCOME, observation.outcome()));
      span.setAttribute(OUTCOME, observation.outcome()).end();
    }
  }
}
