package dev.manyfactor.jobs;

/// Why an attempt was told to end.
enum Interruption {
  /// Its time is over; that is a failure.
  DEADLINE,
  /// The worker stops; the job is given back and nothing is counted.
  STOP,
  /// The worker lost its sign of life, so the lease is no longer its own.
  LOST,
  /// An operator has cancelled the job; it becomes a dead letter.
  CANCEL
}
