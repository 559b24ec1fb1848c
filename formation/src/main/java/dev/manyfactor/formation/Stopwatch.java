package dev.manyfactor.formation;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long something has taken so far.
///
/// @param nanos a clock that only goes forward, for example `System::nanoTime`
/// @param startedAt its reading at the start
record Stopwatch(LongSupplier nanos, long startedAt) {

  static Stopwatch start(LongSupplier nanos) {
    return new Stopwatch(nanos, nanos.getAsLong());
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - startedAt);
  }
}
