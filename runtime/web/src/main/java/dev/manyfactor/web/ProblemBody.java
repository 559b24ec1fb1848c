package dev.manyfactor.web;

import dev.manyfactor.json.Field;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import dev.manyfactor.json.Violation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.Optional;

/// How a problem looks on the wire: the members of RFC 9457, `trace_id` and `errors`.
final class ProblemBody {
  private static final Field<String> TYPE = Field.required("type", Text.ANY);
  private static final Field<String> TITLE = Field.required("title", Text.ANY);
  private static final Field<Integer> STATUS = Field.required("status", Int32.ANY);
  private static final Field<String> DETAIL = Field.required("detail", Text.ANY);
  private static final Field<Optional<String>> TRACE_ID = Field.optional("trace_id", Text.ANY);
  private static final Field<String> POINTER = Field.required("pointer", Text.ANY);
  private static final Field<String> RULE = Field.required("rule", Text.ANY);
  private static final WriteOnly<Violation> VIOLATION = ProblemBody::write;
  private static final Field<Optional<List<Violation>>> ERRORS =
      Field.optional("errors", Items.of(VIOLATION));
  private static final WriteOnly<Problem> PROBLEM = ProblemBody::write;

  private ProblemBody() {}

  /// The problem as JSON, with the trace id of the current span.
  static byte[] of(Problem problem) {
    return Json.bytes(PROBLEM, problem);
  }

  private static void write(JsonWriter out, Problem problem) {
    out.startObject()
        .field(TYPE, problem.type())
        .field(TITLE, problem.title())
        .field(STATUS, problem.status())
        .field(DETAIL, problem.detail())
        .field(TRACE_ID, currentTraceId())
        .field(ERRORS, Optional.of(problem.violations()).filter(found -> !found.isEmpty()))
        .endObject();
  }

  private static void write(JsonWriter out, Violation violation) {
    out.startObject()
        .field(POINTER, violation.pointer())
        .field(RULE, violation.rule())
        .field(DETAIL, violation.detail())
        .endObject();
  }

  private static Optional<String> currentTraceId() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
  }
}
