package dev.manyfactor.architecture;

import java.util.Map;
import java.util.Set;

/// The classes that may do what no other may, each with its reason.
///
/// An entry that is not needed fails the build as one that is missing does.
record Allowed(Map<String, String> reasonByType) {
  /// Reads the machine's clock: where a process is composed, or as the default of a library used
  /// alone.
  static final Allowed CLOCK =
      new Allowed(
          Map.of(
              "dev.manyfactor.formation.Surroundings", "composes every command of the tool",
              "dev.manyfactor.database.Database", "default of a database used without a service",
              "dev.manyfactor.jobs.Queue", "default of a queue used without a service",
              "dev.manyfactor.jobs.Running", "measures how long a run took",
              "dev.manyfactor.resilience.TimeAndChance",
                  "default of an upstream used without a service"));

  /// Writes to standard output or error.
  static final Allowed OUTPUT =
      new Allowed(
          Map.of(
              "dev.manyfactor.benchmarks.Progress", "tells whoever runs a benchmark how far it is",
              "dev.manyfactor.fuzz.Progress", "tells whoever sends requests what came of them",
              "dev.manyfactor.service.Service", "hands both streams to the command that runs",
              "dev.manyfactor.telemetry.LogOutput", "is where log lines leave the process"));

  /// Reads the process's environment, in what runs inside a service.
  static final Allowed ENVIRONMENT =
      new Allowed(Map.of("dev.manyfactor.config.Environment", "is the one place that reads it"));

  Set<String> types() {
    return reasonByType.keySet();
  }
}
