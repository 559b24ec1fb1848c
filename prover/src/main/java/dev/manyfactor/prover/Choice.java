package dev.manyfactor.prover;

import java.util.Set;

/// Which requirements a run decides.
///
/// @param factors numbers of factors; empty for all
/// @param only ids of requirements; empty for all
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
}
