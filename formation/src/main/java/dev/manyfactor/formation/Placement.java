package dev.manyfactor.formation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the processes of one service are to listen, decided before any of them starts.
///
/// @param manifest the service with those of its processes that are started
/// @param ports by the name of the process, the first one first; processes that serve nobody are
///   not in it
record Placement(Manifest manifest, Map<String, Integer> ports) {

  /// The service that is asked for listens where its manifest says, the first process of it that
  /// serves where `port` says if that is given; the others get free ports.
  ///
  /// @param members all services, also those of which nothing is started: they have an address too
  static List<Placement> of(List<Manifest> members, Selection selection, OptionalInt port) {
    Manifest main = members.getLast();
    return members.stream()
        .map(member ->
            member.equals(main)
                ? ofMain(selection.of(main), port)
                : new Placement(selection.of(member), freePorts(member)))
        .toList();
  }

  private static Placement ofMain(Manifest manifest, OptionalInt port) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (ProcessType type : manifest.programs().processes()) {
      type.listens()
          .ifPresent(listens ->
              ports.put(
                  type.name(), ports.isEmpty() ? port.orElse(listens.port()) : listens.port()));
    }
    return new Placement(manifest, ports);
  }

  private static Map<String, Integer> freePorts(Manifest manifest) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    manifest.programs().processes().stream()
        .filter(type -> type.listens().isPresent())
        .forEach(type -> ports.put(type.name(), Ports.free()));
    return ports;
  }

  /// Whether anything of the service is started.
  boolean isStarted() {
    return !manifest.programs().processes().isEmpty();
  }

  /// Where a process listens, or `ProcessRun.SERVES_NOBODY`.
  int portOf(ProcessType type) {
    return ports.getOrDefault(type.name(), ProcessRun.SERVES_NOBODY);
  }

  /// Where the service is called; empty if it serves nobody.
  Optional<URI> address() {
    return ports.values().stream().findFirst().map(port -> URI.create("http://127.0.0.1:" + port));
  }

  /// Fails if somebody listens on one of the ports.
  void requireFree() {
    ports.forEach((process, port) ->
        Ports.requireFree(
            port,
            manifest.name() + "." + process,
            "end that process, or choose another port: mf up --port N"));
  }
}
