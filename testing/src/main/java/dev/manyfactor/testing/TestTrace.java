package dev.manyfactor.testing;

import dev.manyfactor.telemetry.FinishedSpan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What was done for one request, step by step.
///
/// A step is told of once it has ended, and much of it happens after the answer, so whoever asks
/// for one waits for it, at most 20 s. Safe on many threads.
public final class TestTrace {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  private final String id;
  private final SpanBook book;

  TestTrace(String id, SpanBook book) {
    this.id = id;
    this.book = book;
  }

  /// What a log line calls `trace_id`, and a problem too: 32 hexadecimal digits.
  public String id() {
    return id;
  }

  /// The steps that have ended by now, in this order.
  public List<TestSpan> spans() {
    return book.of(id).stream().map(span -> new TestSpan(this, span)).toList();
  }

  /// The first step of this name.
  ///
  /// @param service who took it
  /// @param name for example `POST /v1/payments`
  /// @throws AssertionError with the whole trace, if there is none
  public TestSpan span(String service, String name) {
    return await(
        span -> span.service().equals(service) && span.name().equals(name),
        "of " + service + " named " + name);
  }

  /// The step with this identifier.
  TestSpan span(String spanId) {
    return await(span -> span.id().equals(spanId), "with the identifier " + spanId);
  }

  private TestSpan await(Predicate<FinishedSpan> wanted, String what) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(POLL)) {
      Optional<FinishedSpan> found = book.of(id).stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return new TestSpan(this, found.get());
      }
      pause();
    }
    throw new AssertionError("no step " + what + " ended within " + PATIENCE + "; " + this);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a step of a trace", stopping);
    }
  }

  /// Every step on a line, below the step that it is part of.
  @Override
  public String toString() {
    List<FinishedSpan> spans = book.of(id);
    var text = new StringBuilder("trace " + id + (spans.isEmpty() ? " has no steps" : ""));
    spans.stream()
        .filter(span -> spans.stream().noneMatch(other -> isPart(span, other)))
        .forEach(root -> append(text, root, spans, "\n  "));
    return text.toString();
  }

  private static boolean isPart(FinishedSpan span, FinishedSpan whole) {
    return span.parentId().equals(Optional.of(whole.id()));
  }

  private static void append(
      StringBuilder text, FinishedSpan span, List<FinishedSpan> spans, String indent) {
    text.append(indent).append(span.service()).append(": ").append(span.name());
    text.append(span.failed() ? " (failed) " : " ").append(span.attributes());
    spans.stream()
        .filter(other -> isPart(other, span))
        .forEach(part -> append(text, part, spans, indent + "  "));
  }
}
