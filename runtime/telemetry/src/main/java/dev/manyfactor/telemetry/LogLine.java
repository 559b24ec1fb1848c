package dev.manyfactor.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.manyfactor.context.Context;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes one event as one JSON object on one line.
///
/// Message and stack are cut at 32 KiB each, `truncated` then says so. A key-value pair with the
/// name of a field of ours gets an underscore behind its name. Runs on the thread that logs,
/// because the current span and context are found there. Safe on many threads.
final class LogLine {
  private static final int LONGEST_TEXT = 32 * 1024;
  private static final int LONGEST_VALUE = 1024;
  private static final int MOST_PAIRS = 32;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Set<String> OURS =
      Set.of(
          "time",
          "level",
          "message",
          "logger",
          "service",
          "release",
          "process",
          "deployment",
          "trace_id",
          "span_id",
          "operation",
          "tenant",
          "error",
          "truncated");

  private static final Set<String> OF_THE_WORK = Set.of("operation", "tenant");

  private final JsonFactory json = new JsonFactory();

  /// The line, line feed included.
  ///
  /// @param identity who speaks; null before that is known
  byte[] encode(ILoggingEvent event, @Nullable LogIdentity identity) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      writeEvent(out, event);
      if (identity != null) {
        writeIdentity(out, identity);
      }
      writeWork(out);
      writePairs(out, event);
      writeError(out, event.getThrowableProxy());
      out.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void writeEvent(JsonGenerator out, ILoggingEvent event) {
    String message = String.valueOf(event.getFormattedMessage());
    out.writeStringProperty("time", TIME.format(event.getInstant()));
    out.writeStringProperty("level", event.getLevel().levelStr);
    out.writeStringProperty("message", LogText.fit(message, LONGEST_TEXT));
    out.writeStringProperty("logger", LogText.fit(event.getLoggerName(), LONGEST_VALUE));
    if (message.length() > LONGEST_TEXT) {
      out.writeBooleanProperty("truncated", true);
    }
  }

  private static void writeIdentity(JsonGenerator out, LogIdentity identity) {
    out.writeStringProperty("service", identity.release().service());
    out.writeStringProperty("release", identity.release().id());
    out.writeStringProperty("process", identity.process());
    out.writeStringProperty("deployment", identity.release().deployment());
  }

  private static void writeWork(JsonGenerator out) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      out.writeStringProperty("trace_id", span.getTraceId());
      out.writeStringProperty("span_id", span.getSpanId());
    }
    Context.current().ifPresent(work -> writeContext(out, work));
  }

  private static void writeContext(JsonGenerator out, Context work) {
    out.writeStringProperty("operation", LogText.fit(work.operation(), LONGEST_VALUE));
    work.tenant().ifPresent(tenant -> out.writeStringProperty("tenant", tenant.id()));
  }

  private static void writePairs(JsonGenerator out, ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    var context = event.getMDCPropertyMap();
    if (pairs == null && context.isEmpty()) {
      return;
    }
    Set<String> taken = new HashSet<>(OURS);
    if (Context.current().isEmpty()) {
      taken.removeAll(OF_THE_WORK); // nobody else has said whose work it is
    }
    if (pairs != null) {
      pairs.forEach(pair -> writePair(out, taken, pair.key, pair.value));
    }
    context.forEach((key, value) -> writePair(out, taken, key, value));
  }

  private static void writePair(
      JsonGenerator out, Set<String> taken, @Nullable String key, @Nullable Object value) {
    if (taken.size() >= OURS.size() + MOST_PAIRS) {
      return;
    }
    String name = LogText.fit(String.valueOf(key), LONGEST_VALUE);
    while (!taken.add(name)) {
      name += "_";
    }
    out.writeName(name);
    switch (value) {
      case null -> out.writeNull();
      case Boolean truth -> out.writeBoolean(truth);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      default -> out.writeString(LogText.of(value, LONGEST_VALUE));
    }
  }

  private static void writeError(JsonGenerator out, @Nullable IThrowableProxy failure) {
    if (failure == null) {
      return;
    }
    out.writeObjectPropertyStart("error");
    out.writeStringProperty("type", failure.getClassName());
    if (failure.getMessage() != null) {
      out.writeStringProperty("message", LogText.fit(failure.getMessage(), LONGEST_VALUE));
    }
    out.writeStringProperty("stack", StackText.of(failure, LONGEST_TEXT));
    out.writeEndObject();
  }
}
