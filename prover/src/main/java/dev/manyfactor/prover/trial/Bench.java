package dev.manyfactor.prover.trial;

import dev.manyfactor.formation.Manifest;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a rule knows before its trials begin.
///
/// @param subject the service
/// @param answered what each sample was answered before anything was done to the service, in the
///   order of the manifest
/// @param fast whether there is little time
/// @param random decides what is left to chance; seeded by the run and the rule
public record Bench(
    Subject subject, List<Exchange> answered, boolean fast, RandomGenerator random) {
  /// Copies what could change.
  public Bench {
    answered = List.copyOf(answered);
  }

  /// One of two numbers: of trials when there is time, and when there is little.
  public int choose(int whole, int few) {
    return fast ? few : whole;
  }

  /// What the service says of itself.
  public Manifest manifest() {
    return subject.manifest();
  }
}
