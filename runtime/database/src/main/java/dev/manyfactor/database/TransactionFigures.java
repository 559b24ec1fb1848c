package dev.manyfactor.database;

import dev.manyfactor.context.Context;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// One span and one duration per transaction, from the wait for a connection to its return.
final class TransactionFigures {
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final double NANOS_PER_SECOND = 1e9;

  private final Tracer tracer;
  private final DoubleHistogram duration;
  private final InstantSource clock;

  TransactionFigures(OpenTelemetry telemetry, InstantSource clock) {
    this.clock = clock;
    tracer = telemetry.getTracer("dev.manyfactor.database");
    duration =
        telemetry
            .getMeter("dev.manyfactor.database")
            .histogramBuilder("db.client.operation.duration")
            .setUnit("s")
            .setDescription("the time a transaction took")
            .build();
  }

  /// Starts to measure a transaction of a kind (`read` or `write`).
  Measured start(String kind, Context context) {
    Span span =
        tracer
            .spanBuilder(kind + ' ' + context.operation())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SYSTEM, "postgresql")
            .setAttribute(OPERATION, kind)
            .startSpan();
    return new Measured(kind, span, clock.instant());
  }

  /// A transaction that is being measured; ends once.
  final class Measured {
    private final String kind;
    private final Span span;
    private final Instant startedAt;

    private Measured(String kind, Span span, Instant startedAt) {
      this.kind = kind;
      this.span = span;
      this.startedAt = startedAt;
    }

    void end(@Nullable Throwable failure) {
      var attributes = Attributes.builder().put(SYSTEM, "postgresql").put(OPERATION, kind);
      if (failure != null) {
        attributes.put(ERROR, failure.getClass().getSimpleName());
        span.setAttribute(ERROR, failure.getClass().getSimpleName()).setStatus(StatusCode.ERROR);
      }
      Duration taken = Duration.between(startedAt, clock.instant());
      duration.record(taken.toNanos() / NANOS_PER_SECOND, attributes.build());
      span.end();
    }
  }
}
