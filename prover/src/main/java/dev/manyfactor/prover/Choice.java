package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import java.util.Set;

/// Which requirements a run decides: those of some factors, and some by their ids.
///
/// @param factors numbers of factors
/// @param only ids of requirements; everything, if both are empty
public record Choice(Set<Integer> factors, Set<String> only) {
  /// Copies what could change.
  public Choice {
    factors = Set.copyOf(factors);
    only = Set.copyOf(only);
  }

  /// Everything that this version checks.
  public static Choice all() {
    return new Choice(Set.of(), Set.of());
  }

  /// Whether a run decides this one.
  public boolean includes(Requirement requirement) {
    return (factors.isEmpty() && only.isEmpty())
        || factors.contains(requirement.factor().number())
        || only.contains(requirement.id());
  }
}
