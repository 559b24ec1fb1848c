package dev.manyfactor.telemetry;

/// How much is logged: everything at this level and above.
public enum LogLevel {
  /// Every step.
  TRACE,
  /// What helps to find a mistake.
  DEBUG,
  /// What an operator wants to know while all is well.
  INFO,
  /// What somebody should look at when there is time.
  WARN,
  /// What failed.
  ERROR,
  /// Nothing at all: for tests, not for a service that somebody operates.
  OFF
}
