package dev.manyfactor.jobs;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a trace crosses the queue: as the W3C `traceparent` of whoever added the job.
final class Traces {
  private static final String NAME = "traceparent";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private Traces() {}

  /// The traceparent of the work on this thread; empty where nothing is traced.
  static Optional<String> current() {
    if (!Span.current().getSpanContext().isValid()) {
      return Optional.empty();
    }
    Map<String, String> carrier = new HashMap<>();
    W3C.inject(Context.current(), carrier, (map, name, value) -> store(map, name, value));
    return Optional.ofNullable(carrier.get(NAME));
  }

  /// The context to continue that trace in; the root if there was none.
  static Context after(Optional<String> traceparent) {
    return W3C.extract(Context.root(), traceparent.orElse(""), Getter.INSTANCE);
  }

  private static void store(@Nullable Map<String, String> map, String name, String value) {
    if (map != null) {
      map.put(name, value);
    }
  }

  /// Reads the one header that there is.
  private enum Getter implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String traceparent) {
      return List.of(NAME);
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String name) {
      return NAME.equals(name) ? traceparent : null;
    }
  }
}
