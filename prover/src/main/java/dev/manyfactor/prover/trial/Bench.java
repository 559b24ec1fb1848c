package dev.manyfactor.prover.trial;

import dev.manyfactor.formation.Manifest;
import java.util.random.RandomGenerator;

/// What a rule knows before its trials begin.
///
/// @param subject the service
/// @param seen what was seen of it before anything was done to it
/// @param fast whether there is little time
/// @param random decides what is left to chance; seeded by the run and the rule
public record Bench(Subject subject, Seen seen, boolean fast, RandomGenerator random) {
  /// One of two numbers: of trials when there is time, and when there is little.
  public int choose(int whole, int few) {
    return fast ? few : whole;
  }

  /// What the service says of itself.
  public Manifest manifest() {
    return subject.manifest();
  }
}
