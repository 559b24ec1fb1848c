package dev.manyfactor.architecture;

import java.util.Map;
import java.util.Set;

/// The classes that may do what no other may, each with its reason.
///
/// An entry that is not needed fails the build as one that is missing does.
record Allowed(Map<String, String> reasonByType) {
  /// Reads the machine's clock: one place per process, where it is composed.
  static final Allowed CLOCK = new Allowed(Map.of());

  /// Writes to standard output or error.
  static final Allowed OUTPUT = new Allowed(Map.of());

  /// Reads the process's environment.
  static final Allowed ENVIRONMENT = new Allowed(Map.of());

  Set<String> types() {
    return reasonByType.keySet();
  }
}
