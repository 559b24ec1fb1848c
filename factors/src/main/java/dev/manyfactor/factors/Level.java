package dev.manyfactor.factors;

/// How strict a requirement is.
public enum Level {
  /// Decides the exit code.
  MUST,
  /// Reported, never in the exit code.
  SHOULD
}
