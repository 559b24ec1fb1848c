package dev.manyfactor.service;

import dev.manyfactor.resilience.TimeAndChance;
import dev.manyfactor.telemetry.FinishedSpan;
import java.util.Optional;
import java.util.function.Consumer;

/// What a process takes from the program it runs in, beside its environment; a test has its own.
///
/// @param time clocks and chance, for every module
/// @param spans who is told of each step of a request or job that has ended
public record Surroundings(TimeAndChance time, Optional<Consumer<FinishedSpan>> spans) {

  /// The machine's time, and nobody who listens.
  public static Surroundings ofProcess() {
    return new Surroundings(TimeAndChance.ofSystem(), Optional.empty());
  }
}
