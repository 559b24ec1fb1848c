package dev.manyfactor.resilience;

/// What limits how long a call may wait; the shortest holds.
public enum Bound {
  /// Until a connection stands: `<NAME>_CONNECT_TIMEOUT`.
  CONNECT,
  /// One attempt, to the last byte of the answer: `<NAME>_ATTEMPT_TIMEOUT`.
  ATTEMPT,
  /// All attempts and the waits between them: `<NAME>_TIMEOUT`.
  TOTAL,
  /// The [dev.manyfactor.context.Deadline] of the work that makes the call.
  DEADLINE
}
