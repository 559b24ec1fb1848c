package dev.manyfactor.formation;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Which instances a service has and where they are to listen, decided before any of them starts.
///
/// @param manifest the service with those of its processes that are started
/// @param ports where each process type that serves is called, by its name, the first one first;
///   where that has several instances a router listens there. Of a service that others call also
///   those that are not started
/// @param slots the instances, in the order of the manifest
record Placement(Manifest manifest, Map<String, Integer> ports, List<Slot> slots) {

  /// A place for one instance; it keeps its name and ports when its process is started again.
  ///
  /// @param name in its service: `web`, or `web.1` where there are several
  /// @param port where it serves, or [ProcessRun#SERVES_NOBODY]
  /// @param management where its probes are
  record Slot(String name, ProcessType type, int port, int management) {}

  /// The service that is asked for is called where its manifest says, its first process where
  /// `port` says if that is given; everything else gets free ports.
  ///
  /// @param all the services, also those of which nothing is started: they have an address too
  static List<Placement> of(List<Manifest> all, Selection selection, OptionalInt port) {
    List<Placement> placements = new ArrayList<>();
    for (Manifest member : all) {
      Manifest started = selection.of(member);
      boolean isMain = member.equals(all.getLast());
      Map<String, Integer> ports = isMain ? portsOfMain(started, port) : freePorts(member);
      placements.add(of(started, ports, selection.counts()));
    }
    return placements;
  }

  private static Map<String, Integer> portsOfMain(Manifest manifest, OptionalInt port) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (ProcessType type : manifest.programs().processes()) {
      type.listens()
          .ifPresent(listens ->
              ports.put(
                  type.name(), ports.isEmpty() ? port.orElse(listens.port()) : listens.port()));
    }
    return ports;
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

  private static Placement of(
      Manifest manifest, Map<String, Integer> ports, Map<String, Integer> counts) {
    List<Slot> slots = new ArrayList<>();
    for (ProcessType type : manifest.programs().processes()) {
      int count = counts.getOrDefault(manifest.name() + "." + type.name(), 1);
      boolean serves = type.listens().isPresent();
      if (count == 1) {
        int port = ports.getOrDefault(type.name(), ProcessRun.SERVES_NOBODY);
        slots.add(new Slot(type.name(), type, port, Ports.free()));
      } else {
        for (int number = 1; number <= count; number++) {
          int port = serves ? Ports.free() : ProcessRun.SERVES_NOBODY;
          slots.add(new Slot(type.name() + "." + number, type, port, Ports.free()));
        }
      }
    }
    return new Placement(manifest, ports, List.copyOf(slots));
  }

  /// The process types that a router stands in front of.
  List<ProcessType> routed() {
    return manifest.programs().processes().stream()
        .filter(type -> type.listens().isPresent() && instances(type) > 1)
        .toList();
  }

  long instances(ProcessType type) {
    return slots.stream().filter(slot -> slot.type().equals(type)).count();
  }

  /// Where the service is called; empty if it serves nobody, also when it is all started.
  Optional<URI> address() {
    return ports.values().stream().findFirst().map(Placement::local);
  }

  /// Where the service is called while it runs; empty if nothing of it that serves is started.
  Optional<URI> served() {
    return manifest.programs().processes().stream()
        .filter(type -> type.listens().isPresent())
        .flatMap(type -> Optional.ofNullable(ports.get(type.name())).stream())
        .findFirst()
        .map(Placement::local);
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Fails if somebody listens on one of the ports.
  void requireFree() {
    ports.forEach((process, port) ->
        Ports.requireFree(
            port,
            manifest.name() + "." + process,
            "end that process, or choose another port: "
                + (process.equals(ports.keySet().iterator().next())
                    ? "mf up --port N"
                    : "its `port` in " + Manifest.FILE)));
  }
}
