package dev.manyfactor.prover.trial;

import java.time.Duration;

/// What became of a process that was waited for.
public sealed interface Readiness {
  /// It is ready.
  ///
  /// @param after since its start
  record Ready(Duration after) implements Readiness {}

  /// It ended before it was ready.
  ///
  /// @param code with which code; 128 + n by signal n
  /// @param lastWords the end of its output
  record Exited(int code, Duration after, String lastWords) implements Readiness {}

  /// It runs, and is not ready.
  ///
  /// @param after how long it was waited for
  /// @param answer what it said last when it was asked
  record NotReady(Duration after, String answer) implements Readiness {}
}
