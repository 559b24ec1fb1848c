package dev.manyfactor.formation;

import java.util.Optional;

/// One kind of process of a service: `web`, `worker`, `scheduler`.
///
/// @param listens where it serves; empty for a process that serves nobody
/// @param readiness what says that it is ready
public record ProcessType(
    String name, Command command, Optional<Listens> listens, Readiness readiness) {

  /// Where a process serves.
  ///
  /// @param variable which variable tells it the port
  /// @param port where it listens when its service is the one that was asked for
  public record Listens(String variable, int port) {}

  /// What says that a process is ready.
  public enum Readiness {
    /// `GET /readyz` on its `MANAGEMENT_PORT` answers 200.
    MANAGEMENT,
    /// Its own port accepts a connection.
    PORT,
    /// Nothing: it counts as ready once it has started.
    NONE
  }
}
