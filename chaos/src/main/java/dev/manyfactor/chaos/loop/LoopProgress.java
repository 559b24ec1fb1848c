package dev.manyfactor.chaos.loop;

import java.time.Duration;
import java.util.List;

/// How far a loop is, for whoever watches.
public sealed interface LoopProgress {

  /// Nothing is broken yet, or no longer.
  ///
  /// @param what is being done
  record Preparing(String what) implements LoopProgress {}

  /// Something has been broken or repaired.
  ///
  /// @param broken what is broken at this moment
  record Breaking(List<Fault> broken) implements LoopProgress {}

  /// Comes about once a second while things are broken.
  ///
  /// @param faults how many there have been
  record Standing(Duration left, Figures figures, int faults) implements LoopProgress {}
}
