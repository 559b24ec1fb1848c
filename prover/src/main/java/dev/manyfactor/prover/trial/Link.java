package dev.manyfactor.prover.trial;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.Dependency;

/// The way from the service to one of its dependencies in a scene: a proxy.
public interface Link {
  /// Which dependency.
  Dependency dependency();

  /// What happens on it from now on; written into the transcript.
  void behave(Behaviour behaviour);

  /// What has gone over it.
  Traffic traffic();
}
