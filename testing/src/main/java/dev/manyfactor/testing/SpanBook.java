package dev.manyfactor.testing;

import dev.manyfactor.telemetry.FinishedSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The latest steps of what the services of a test did. Safe on many threads.
final class SpanBook implements Consumer<FinishedSpan> {
  private static final int KEPT = 20_000;

  private final Deque<FinishedSpan> spans = new ArrayDeque<>();

  @Override
  public synchronized void accept(FinishedSpan span) {
    if (spans.size() == KEPT) {
      spans.removeFirst();
    }
    spans.addLast(span);
  }

  /// Those of one trace, in the order in which they ended.
  synchronized List<FinishedSpan> of(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }
}
