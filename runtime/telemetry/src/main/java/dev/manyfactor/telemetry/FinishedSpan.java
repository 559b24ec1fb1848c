package dev.manyfactor.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One step of a request's or a job's story, once it has ended.
///
/// @param traceId what all steps of one story share, 32 hexadecimal digits
/// @param id its own, 16 hexadecimal digits
/// @param parentId the step that it is part of; absent where the story begins
/// @param service who took it
/// @param name for example `POST /v1/payments`
/// @param attributes as text, by name
/// @param failed whether it ended in an error
public record FinishedSpan(
    String traceId,
    String id,
    Optional<String> parentId,
    String service,
    String name,
    Map<String, String> attributes,
    boolean failed) {

  /// Copies the attributes.
  public FinishedSpan {
    attributes = Map.copyOf(attributes);
  }

  static FinishedSpan of(SpanData span, String service) {
    Map<String, String> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
    return new FinishedSpan(
        span.getTraceId(),
        span.getSpanId(),
        Optional.of(span.getParentSpanContext())
            .filter(SpanContext::isValid)
            .map(SpanContext::getSpanId),
        service,
        span.getName(),
        attributes,
        span.getStatus().getStatusCode() == StatusCode.ERROR);
  }
}
