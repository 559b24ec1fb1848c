package dev.manyfactor.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.function.Consumer;

/// Tells of every span that has ended, on the thread that ended it.
record SpanHearing(String service, Consumer<FinishedSpan> listener) implements SpanProcessor {

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    listener.accept(FinishedSpan.of(span.toSpanData(), service));
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
