package dev.manyfactor.chaos.history;

import java.util.List;

/// Everything that is known of a run once the service has come to rest.
///
/// @param requests what the clients asked for
/// @param found what the database says
/// @param broken the invariants that do not hold
public record History(List<Asked> requests, List<Found> found, List<Broken> broken) {
  /// Copies what could change.
  public History {
    requests = List.copyOf(requests);
    found = List.copyOf(found);
    broken = List.copyOf(broken);
  }

  /// An invariant that does not hold.
  ///
  /// @param rows what shows it, a few of them
  public record Broken(String invariant, List<String> rows) {
    /// Copies the rows.
    public Broken {
      rows = List.copyOf(rows);
    }
  }
}
