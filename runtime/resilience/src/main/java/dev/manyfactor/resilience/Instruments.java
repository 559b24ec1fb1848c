package dev.manyfactor.resilience;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// Spans and figures of the calls to one upstream, after OpenTelemetry's HTTP conventions: one
/// client span and one duration per attempt. Safe on many threads.
final class Instruments {
  private static final String SCOPE = "dev.manyfactor.resilience";
  private static final AttributeKey<String> DEPENDENCY = AttributeKey.stringKey("dependency");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> RESENT =
      AttributeKey.longKey("http.request.resend_count");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  // the boundaries that the conventions recommend, in seconds
  private static final List<Double> SECONDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  private final String upstream;
  private final Attributes server;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final DoubleHistogram durations;
  private final LongCounter errors;

  Instruments(OpenTelemetry openTelemetry, String upstream, URI url) {
    this.upstream = upstream;
    this.server =
        Attributes.of(DEPENDENCY, upstream, ADDRESS, url.getHost(), PORT, (long) portOf(url));
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
    Meter meter = openTelemetry.getMeter(SCOPE);
    this.durations =
        meter
            .histogramBuilder("http.client.request.duration")
            .setDescription("duration of one attempt to call another service")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
    this.errors =
        meter
            .counterBuilder("dependency.errors")
            .setDescription("attempts that a dependency failed to answer usefully")
            .build();
  }

  String upstream() {
    return upstream;
  }

  /// Begins the client span of one attempt, a child of the current span.
  Span begin(Target target, int sentBefore) {
    var span =
        tracer
            .spanBuilder((target.method() + ' ' + target.template()).strip())
            .setSpanKind(SpanKind.CLIENT)
            .setAllAttributes(describe(target).build());
    if (sentBefore > 0) {
      span.setAttribute(RESENT, (long) sentBefore);
    }
    return span.startSpan();
  }

  /// Adds the span's trace context to a request, as the configured propagators do.
  void propagate(Span span, HttpRequest.Builder request) {
    propagator.inject(
        Context.current().with(span),
        request,
        (carrier, name, value) -> {
          if (carrier != null) {
            carrier.setHeader(name, value);
          }
        });
  }

  /// Ends an attempt.
  ///
  /// @param outcome empty if the attempt was given up by the caller
  void end(Span span, Target target, Optional<Outcome> outcome, long nanos) {
    AttributesBuilder facts = describe(target);
    statusOf(outcome).ifPresent(status -> facts.put(STATUS, (long) status));
    Optional<String> error = errorOf(outcome);
    error.ifPresent(type -> facts.put(ERROR, type));
    Attributes all = facts.build();
    durations.record((double) nanos / TimeUnit.SECONDS.toNanos(1), all);
    span.setAllAttributes(all);
    if (error.isPresent()) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
    if (outcome.isPresent() && !(outcome.get() instanceof Outcome.Answered)) {
      countError();
    }
  }

  /// Counts an answer that the dependency gave and nobody can use.
  void countError() {
    errors.add(1, Attributes.of(DEPENDENCY, upstream));
  }

  private AttributesBuilder describe(Target target) {
    return server.toBuilder().put(METHOD, target.method()).put(TEMPLATE, target.template());
  }

  private static OptionalInt statusOf(Optional<Outcome> outcome) {
    if (outcome.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (outcome.get()) {
      case Outcome.Answered(Reply reply) -> OptionalInt.of(reply.status());
      case Outcome.Passing(UpstreamException failure, Optional<?> _) -> statusOf(failure);
      case Outcome.Lasting(UpstreamException failure) -> statusOf(failure);
    };
  }

  private static OptionalInt statusOf(UpstreamException failure) {
    return failure instanceof UpstreamException.BadReply reply
        ? reply.status()
        : OptionalInt.empty();
  }

  private static Optional<String> errorOf(Optional<Outcome> outcome) {
    OptionalInt status = statusOf(outcome);
    if (status.isPresent()) {
      return status.getAsInt() < 400
          ? Optional.empty()
          : Optional.of(Integer.toString(status.getAsInt()));
    }
    if (outcome.isEmpty()) {
      return Optional.of("interrupted");
    }
    return switch (outcome.get()) {
      case Outcome.Answered _ -> Optional.empty();
      case Outcome.Passing(UpstreamException failure, Optional<?> _) -> Optional.of(kind(failure));
      case Outcome.Lasting(UpstreamException failure) -> Optional.of(kind(failure));
    };
  }

  private static String kind(UpstreamException failure) {
    return switch (failure) {
      case UpstreamException.Unreachable _ -> "unreachable";
      case UpstreamException.TimedOut _ -> "timeout";
      case UpstreamException.BadReply _ -> "unreadable";
      case UpstreamException.Interrupted _ -> "interrupted";
    };
  }

  private static int portOf(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }
}
