package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import java.util.List;

/// The process types of a service that listen.
final class Serving {
  private Serving() {}

  /// In the order of the manifest; the first is the one that samples are sent to.
  static List<ProcessType> types(Bench bench) {
    return bench.manifest().programs().processes().stream()
        .filter(type -> type.listens().isPresent())
        .toList();
  }

  /// Concerns a service only if one of its process types listens.
  static Applicability applicability(Bench bench) {
    return types(bench).isEmpty()
        ? new Applicability.DoesNotApply("no process type of the manifest has a port")
        : Applicability.applies();
  }
}
