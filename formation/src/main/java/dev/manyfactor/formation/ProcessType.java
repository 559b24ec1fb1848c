package dev.manyfactor.formation;

import java.util.Optional;

/// One kind of process of a service: `web`, `worker`, `scheduler`.
///
/// @param listens where it serves; empty for a process that serves nobody
/// @param readiness what says that it is ready
public record ProcessType(
    String name, Command command, Optional<Listens> listens, Readiness readiness) {

  /// The same for a process that will not run for long.
  ProcessType briefly() {
    return new ProcessType(name, command.briefly(), listens, readiness);
  }

  /// Where a process serves.
  ///
  /// @param variable which variable tells it the port
  /// @param port where it listens when its service is the one that was asked for
  public record Listens(String variable, int port) {}

  /// What says that a process is ready.
  public sealed interface Readiness {
    /// `GET /readyz` on its `MANAGEMENT_PORT` answers with a success.
    record Management() implements Readiness {}

    /// Its own port accepts a connection.
    record Port() implements Readiness {}

    /// Nothing: it counts as ready once it has started.
    record None() implements Readiness {}

    /// `GET` of a path on its own port answers with a success.
    ///
    /// @param path from the slash on
    record Answer(String path) implements Readiness {}

    /// As a manifest writes it.
    static Readiness of(String written) {
      return switch (written) {
        case "management" -> new Management();
        case "port" -> new Port();
        case "none" -> new None();
        default -> new Answer(written);
      };
    }

    /// Whether only a process that serves can be asked.
    default boolean needsPort() {
      return this instanceof Port || this instanceof Answer;
    }
  }
}
