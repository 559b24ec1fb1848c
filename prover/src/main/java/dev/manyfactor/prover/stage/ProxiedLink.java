package dev.manyfactor.prover.stage;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Link;

/// The proxy in front of a dependency.
record ProxiedLink(Dependency dependency, TcpProxy proxy, Transcript transcript) implements Link {
  /// Where the service finds it.
  String address() {
    return "http://127.0.0.1:" + proxy.port();
  }

  @Override
  public void behave(Behaviour behaviour) {
    transcript.add(dependency.name(), "from now on: " + behaviour);
    proxy.behave(behaviour);
  }

  @Override
  public Traffic traffic() {
    return proxy.traffic();
  }
}
