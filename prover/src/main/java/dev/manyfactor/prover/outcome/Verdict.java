package dev.manyfactor.prover.outcome;

/// The word for an outcome.
public enum Verdict {
  /// Survived.
  PASS,
  /// A counter-example was found.
  FAIL,
  /// It could not be told.
  NOT_PROVEN,
  /// It does not concern this service.
  NOT_APPLICABLE,
  /// Somebody answers for it that it does not hold.
  WAIVED,
  /// The prover itself failed.
  ERROR
}
