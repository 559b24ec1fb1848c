package dev.manyfactor.web;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// The span, the figures and the log line that every request leaves behind.
///
/// Figures: `http.server.request.duration` (seconds) and `http.server.active_requests`, as in
/// OpenTelemetry's semantic conventions. Safe on many threads.
final class RequestTelemetry {
  private static final String SCOPE = "dev.manyfactor.web";

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final DoubleHistogram durations;
  private final LongUpDownCounter active;
  private final LongSupplier nanoTime;

  RequestTelemetry(Instruments instruments) {
    OpenTelemetry openTelemetry = instruments.openTelemetry();
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
    Meter meter = openTelemetry.getMeter(SCOPE);
    this.durations =
        meter
            .histogramBuilder("http.server.request.duration")
            .setUnit("s")
            .setDescription("duration of HTTP server requests")
            .build();
    this.active =
        meter
            .upDownCounterBuilder("http.server.active_requests")
            .setUnit("{request}")
            .setDescription("number of active HTTP server requests")
            .build();
    this.nanoTime = instruments.time().nanoTime();
  }

  /// Starts the span of a request as a child of the caller's, if its `traceparent` is well-formed.
  Observation begin(HttpFields headers, Labels labels) {
    Context parent = propagator.extract(Context.root(), headers, Headers.INSTANCE);
    Span span =
        tracer
            .spanBuilder(labels.spanName())
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAllAttributes(labels.attributes())
            .startSpan();
    active.add(1, labels.active());
    return new Observation(this, labels, parent.with(span), nanoTime.getAsLong());
  }

  /// Counts an answered request.
  ///
  /// @return how long it took, in nanoseconds
  long end(Labels labels, int status, long began) {
    long nanos = nanoTime.getAsLong() - began;
    active.add(-1, labels.active());
    durations.record(nanos / 1e9, labels.withStatus(status));
    return nanos;
  }

  /// Request headers as the propagator reads them.
  private enum Headers implements TextMapGetter<HttpFields> {
    INSTANCE;

    @Override
    public Iterable<String> keys(HttpFields headers) {
      return headers.getFieldNamesCollection();
    }

    @Override
    public @Nullable String get(@Nullable HttpFields headers, String key) {
      return headers == null ? null : headers.get(key);
    }
  }
}
