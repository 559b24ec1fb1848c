package dev.manyfactor.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.ExplicitBucketHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.Optional;

/// The OpenTelemetry SDK of one process: traces and metrics, without its log signal and its
/// configuration from the environment.
///
/// Every span is recorded, so that the decision of a caller to sample is passed on as it came.
/// There is no exporter yet; one is added here as a span processor and a metric reader.
final class Instruments implements OpenTelemetry, AutoCloseable {
  // one scale for whatever is counted in seconds, from a statement to a backlog: 1 ms to 10 min
  private static final Aggregation SECONDS =
      Aggregation.explicitBucketHistogram(
          ExplicitBucketHistogramOptions.builder()
              .setBucketBoundaries(
                  List.of(
                      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
                      30.0, 60.0, 300.0, 600.0))
              .build());

  private final SdkTracerProvider traces;
  private final SdkMeterProvider metrics;
  private final ContextPropagators propagators =
      ContextPropagators.create(W3CTraceContextPropagator.getInstance());

  Instruments(Resource resource, MetricReader reader, Optional<SpanHearing> hearing) {
    var tracing = SdkTracerProvider.builder().setResource(resource);
    hearing.ifPresent(tracing::addSpanProcessor);
    traces = tracing.build();
    metrics =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(reader)
            .registerView(
                InstrumentSelector.builder().setType(InstrumentType.HISTOGRAM).setUnit("s").build(),
                View.builder().setAggregation(SECONDS).build())
            .build();
  }

  @Override
  public TracerProvider getTracerProvider() {
    return traces;
  }

  @Override
  public MeterProvider getMeterProvider() {
    return metrics;
  }

  @Override
  public ContextPropagators getPropagators() {
    return propagators;
  }

  @Override
  public void close() {
    traces.close();
    metrics.close();
  }
}
