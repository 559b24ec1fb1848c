package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.Running;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One running process of a service, with its ports and its last lines.
final class ProcessRun {
  static final int SERVES_NOBODY = 0;

  private final ChildProcess child;
  private final Probe probe;
  private final LastLines last;

  private ProcessRun(ChildProcess child, Probe probe, LastLines last) {
    this.child = child;
    this.probe = probe;
    this.last = last;
  }

  /// Starts a process of a service in its place.
  static ProcessRun start(ServiceLauncher launcher, Placement.Slot slot) {
    ProcessType type = slot.type();
    Map<String, String> own = new HashMap<>();
    own.put("HOST", "127.0.0.1");
    own.put("MANAGEMENT_PORT", String.valueOf(slot.management()));
    type.listens().ifPresent(listens -> own.put(listens.variable(), String.valueOf(slot.port())));
    LastLines last = new LastLines();
    ChildProcess child = launcher.launch(slot.name(), type.command(), own, last::add);
    return new ProcessRun(child, Probe.of(type, slot.port(), slot.management()), last);
  }

  String name() {
    return child.name();
  }

  ChildProcess child() {
    return child;
  }

  Optional<String> whyNotReady() throws InterruptedException {
    return probe.whyNotReady();
  }

  /// The last lines it has written.
  LastLines last() {
    return last;
  }

  ProcessState state() {
    return new ProcessState(
        name(),
        Running.of(child.handle()),
        probe.port() != SERVES_NOBODY ? Optional.of(local(probe.port())) : Optional.empty(),
        probe.readiness().equals(new ProcessType.Readiness.Management())
            ? Optional.of(local(probe.management()))
            : Optional.empty());
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
