package dev.manyfactor.testing;

import dev.manyfactor.telemetry.FinishedSpan;
import java.util.Optional;

/// One step of a trace, which has ended. Immutable.
public final class TestSpan {
  private final TestTrace trace;
  private final FinishedSpan span;

  TestSpan(TestTrace trace, FinishedSpan span) {
    this.trace = trace;
    this.span = span;
  }

  /// For example `POST /v1/payments`.
  public String name() {
    return span.name();
  }

  /// Who took it.
  public String service() {
    return span.service();
  }

  /// Whether it ended in an error.
  public boolean failed() {
    return span.failed();
  }

  /// What is known of it, as text, for example `http.response.status_code`.
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(span.attributes().get(name));
  }

  /// This step, if it is part of `whole`, at whatever depth.
  ///
  /// @throws AssertionError with the whole trace, if it is not
  public TestSpan within(TestSpan whole) {
    TestSpan above = this;
    while (above.hasParentInTrace()) {
      above = trace.span(above.span.parentId().orElseThrow());
      if (above.span.id().equals(whole.span.id())) {
        return this;
      }
    }
    throw new AssertionError(this + " is no part of " + whole + "; " + trace);
  }

  /// A trace begins with the test's client, whose own step is not told.
  private boolean hasParentInTrace() {
    return span.parentId().filter(id -> !id.equals(TestClient.SPAN_ID)).isPresent();
  }

  @Override
  public String toString() {
    return span.service() + ": " + span.name();
  }
}
