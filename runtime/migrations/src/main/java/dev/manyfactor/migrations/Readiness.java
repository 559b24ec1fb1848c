package dev.manyfactor.migrations;

/// Whether a release may serve on a database.
public sealed interface Readiness {

  /// The schema is at least as new as the release needs, and the stamp is its own.
  record Ready() implements Readiness {}

  /// The schema is older than the release needs; `migrate` mends that, so waiting may help.
  ///
  /// @param message what is missing and what to run
  record Behind(String message) implements Readiness {}

  /// The database belongs to another service or deployment, or has other files than this release:
  /// waiting does not help.
  ///
  /// @param message both names and what to check
  record Foreign(String message) implements Readiness {}
}
