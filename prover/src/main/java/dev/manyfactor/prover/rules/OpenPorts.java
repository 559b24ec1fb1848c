package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.Listening;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The ports that a process listens on, against those that it was told.
///
/// @param told its PORT
/// @param all those on which any of its processes listens
/// @param granted those that a variable names: MANAGEMENT_PORT, and others of the manifest
record OpenPorts(int told, Set<Integer> all, Set<Integer> granted) {
  /// As they are at this moment.
  static OpenPorts of(Scene scene, Start start, Running running) {
    Set<Integer> all =
        running.process().listening().stream()
            .map(Listening::port)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> granted = new TreeSet<>(variables(scene, start).values());
    granted.add(running.managementPort());
    return new OpenPorts(running.port(), all, granted);
  }

  /// The variables beside PORT and MANAGEMENT_PORT that name a port.
  static Map<String, Integer> variables(Scene scene, Start start) {
    return scene.environment(start).entrySet().stream()
        .filter(variable -> variable.getKey().contains("PORT"))
        .filter(variable -> variable.getValue().matches("[1-9]\\d{0,4}"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, variable -> Integer.parseInt(variable.getValue())));
  }

  /// Whether it listens where it was told.
  boolean isWhereTold() {
    return all.contains(told);
  }

  /// Those that it took without being told.
  Set<Integer> others() {
    Set<Integer> others = new TreeSet<>(all);
    others.removeAll(granted);
    others.remove(told);
    return others;
  }

  /// Whether nobody listens on a port of the loopback address.
  static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /// For findings: `8080`, `8080 and 9090`.
  static String words(Set<Integer> ports) {
    return ports.isEmpty()
        ? "no port"
        : ports.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }
}
