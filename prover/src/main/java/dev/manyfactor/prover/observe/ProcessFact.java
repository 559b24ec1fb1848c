package dev.manyfactor.prover.observe;

import java.util.List;

/// One process of an observed tree.
///
/// @param parent 1 for a process whose parent has gone
/// @param arguments its command line
public record ProcessFact(long pid, long parent, List<String> arguments) {
  /// Copies what could change.
  public ProcessFact {
    arguments = List.copyOf(arguments);
  }
}
