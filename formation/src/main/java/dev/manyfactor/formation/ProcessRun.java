package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.Running;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One running process of a service, with its ports and its last lines.
final class ProcessRun {
  static final int SERVES_NOBODY = 0;

  private final ChildProcess child;
  private final ProcessType type;
  private final Probe probe;
  private final LastLines last;

  private ProcessRun(ChildProcess child, ProcessType type, Probe probe, LastLines last) {
    this.child = child;
    this.type = type;
    this.probe = probe;
    this.last = last;
  }

  /// Starts a process of a service.
  static ProcessRun start(ServiceLauncher launcher, ProcessType type) {
    int port = launcher.placement().portOf(type);
    int management = Ports.free();
    Map<String, String> own = new HashMap<>();
    own.put("HOST", "127.0.0.1");
    own.put("MANAGEMENT_PORT", String.valueOf(management));
    type.listens().ifPresent(listens -> own.put(listens.variable(), String.valueOf(port)));
    LastLines last = new LastLines();
    ChildProcess child = launcher.launch(type.name(), type.command(), own, last::add);
    return new ProcessRun(child, type, new Probe(type.readiness(), port, management), last);
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
  List<String> lastLines() {
    return last.lines();
  }

  /// Where it comes when the service stops: who serves first, the worker last, since the others
  /// make its work.
  int stopsAt() {
    return type.listens().isPresent() ? 0 : type.name().equals("worker") ? 2 : 1;
  }

  ProcessState state() {
    return new ProcessState(
        name(),
        Running.of(child.handle()),
        probe.port() != SERVES_NOBODY ? Optional.of(local(probe.port())) : Optional.empty(),
        probe.readiness() == ProcessType.Readiness.MANAGEMENT
            ? Optional.of(local(probe.management()))
            : Optional.empty());
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
