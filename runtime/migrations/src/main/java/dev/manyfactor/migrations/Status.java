package dev.manyfactor.migrations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What has been applied to a database and what has not.
///
/// @param migrations those of this release in the order in which they run
public record Status(List<Entry> migrations) {

  public Status {
    migrations = List.copyOf(migrations);
  }

  /// One file.
  ///
  /// @param set the set's name
  /// @param file the file's name
  /// @param appliedAt when; empty if it is pending
  /// @param release the release that applied it; empty if it is pending
  public record Entry(
      String set, String file, Optional<Instant> appliedAt, Optional<String> release) {}

  /// The files that `migrate` would apply.
  public List<Entry> pending() {
    return migrations.stream().filter(entry -> entry.appliedAt().isEmpty()).toList();
  }
}
