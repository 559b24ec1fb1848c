package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Starts the programs of one service with what the formation sets for them.
///
/// @param placement which service, and where its processes listen
/// @param wires what the formation sets
/// @param surroundings where the shell's variables come from
/// @param events gets every line that a program writes
record ServiceLauncher(
    Placement placement, Wires wires, Surroundings surroundings, Consumer<Event> events) {

  /// What a formation sets for a service.
  ///
  /// @param environment for all of its programs
  /// @param release for its release step beside
  /// @param mark the formation's id
  record Wires(Map<String, String> environment, Map<String, String> release, String mark) {
    /// Without the values, which hold secrets.
    @Override
    public String toString() {
      return "Wires" + environment.keySet();
    }
  }

  /// Starts a program.
  ///
  /// @param program its name in the service
  /// @param more variables beside those of the service
  /// @param lines also gets each line of the output
  ChildProcess launch(
      String program, Command command, Map<String, String> more, Consumer<String> lines) {
    Manifest manifest = manifest();
    List<Map<String, String>> set = new ArrayList<>(List.of(wires.environment(), more));
    set.add(Map.of(FormationState.MARK, wires.mark()));
    String name = manifest.name() + "." + program;
    return ChildProcess.start(
        new ChildProcess.Specification(
            name,
            command.words(),
            manifest.directory(),
            Wiring.environment(manifest, surroundings.environment(), set)),
        line -> {
          lines.accept(line);
          events.accept(new Event.Logged(name, line));
        });
  }

  /// Whose programs these are.
  Manifest manifest() {
    return placement.manifest();
  }

  /// Tells what happens.
  void tell(Event event) {
    events.accept(event);
  }

  Stopwatch stopwatch() {
    return Stopwatch.start(surroundings.nanos());
  }
}
