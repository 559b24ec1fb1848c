package dev.manyfactor.prover.standin;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads OTLP messages into our own records.
final class OtlpMessages {
  private OtlpMessages() {}

  static Stream<ExportedSpan> spans(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .flatMap(resource ->
            resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> span(texts(resource.getResource().getAttributesList()), span)));
  }

  private static ExportedSpan span(Map<String, String> resource, Span span) {
    return new ExportedSpan(
        resource,
        new ExportedSpan.Ids(
            hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId())),
        span.getName(),
        word(span.getKind().name(), "SPAN_KIND_"),
        word(span.getStatus().getCode().name(), "STATUS_CODE_"),
        new ExportedSpan.Time(span.getStartTimeUnixNano(), span.getEndTimeUnixNano()),
        texts(span.getAttributesList()));
  }

  static Stream<ExportedLog> logs(ExportLogsServiceRequest request) {
    return request.getResourceLogsList().stream()
        .flatMap(resource ->
            resource.getScopeLogsList().stream()
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .map(log -> log(texts(resource.getResource().getAttributesList()), log)));
  }

  private static ExportedLog log(Map<String, String> resource, LogRecord log) {
    return new ExportedLog(
        resource,
        hex(log.getTraceId()),
        hex(log.getSpanId()),
        log.getSeverityNumberValue(),
        text(log.getBody()),
        texts(log.getAttributesList()));
  }

  static Stream<ExportedPoint> points(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .flatMap(resource ->
            resource.getScopeMetricsList().stream()
                .flatMap(scope -> scope.getMetricsList().stream())
                .flatMap(metric ->
                    points(new Head(texts(resource.getResource().getAttributesList()), metric))));
  }

  /// What the points of a metric have in common.
  private record Head(Map<String, String> resource, Metric metric) {
    ExportedPoint point(List<KeyValue> attributes, double value, long count) {
      return new ExportedPoint(
          resource,
          metric.getName(),
          metric.getUnit(),
          word(metric.getDataCase().name(), ""),
          texts(attributes),
          value,
          count);
    }

    ExportedPoint point(NumberDataPoint number) {
      double value = number.hasAsDouble() ? number.getAsDouble() : number.getAsInt();
      return point(number.getAttributesList(), value, 1);
    }
  }

  private static Stream<ExportedPoint> points(Head head) {
    Metric metric = head.metric();
    return switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().stream().map(head::point);
      case SUM -> metric.getSum().getDataPointsList().stream().map(head::point);
      case HISTOGRAM ->
          metric.getHistogram().getDataPointsList().stream()
              .map(at -> head.point(at.getAttributesList(), at.getSum(), at.getCount()));
      case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogram().getDataPointsList().stream()
              .map(at -> head.point(at.getAttributesList(), at.getSum(), at.getCount()));
      case SUMMARY ->
          metric.getSummary().getDataPointsList().stream()
              .map(at -> head.point(at.getAttributesList(), at.getSum(), at.getCount()));
      case DATA_NOT_SET -> Stream.empty();
    };
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new LinkedHashMap<>();
    attributes.forEach(attribute -> texts.put(attribute.getKey(), text(attribute.getValue())));
    return texts;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case BYTES_VALUE -> hex(value.getBytesValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(OtlpMessages::text)
              .collect(Collectors.joining(", ", "[", "]"));
      case KVLIST_VALUE -> texts(value.getKvlistValue().getValuesList()).toString();
      case STRING_VALUE_STRINDEX -> "#" + value.getStringValueStrindex();
      case VALUE_NOT_SET -> "";
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static String word(String constant, String prefix) {
    return constant.replaceFirst("^" + prefix, "").toLowerCase(Locale.ROOT);
  }
}
