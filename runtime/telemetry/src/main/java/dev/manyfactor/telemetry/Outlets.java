package dev.manyfactor.telemetry;

import java.util.Optional;
import java.util.function.Consumer;

/// Where telemetry goes.
///
/// @param logs the stream of the log lines
/// @param spans who is told of every span that has ended, at once and on the thread that ended it;
///   for tests, which ask for the story of one request
public record Outlets(LogOutput logs, Optional<Consumer<FinishedSpan>> spans) {

  /// Log lines go there, and nobody hears of spans.
  public static Outlets of(LogOutput logs) {
    return new Outlets(logs, Optional.empty());
  }
}
