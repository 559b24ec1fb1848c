package dev.manyfactor.prover.trial;

import dev.manyfactor.prover.outcome.Reason;

/// Whether a requirement concerns a service.
public sealed interface Applicability {
  /// It does.
  record Applies() implements Applicability {}

  /// It does not.
  ///
  /// @param observation what was seen that says so
  record DoesNotApply(String observation) implements Applicability {}

  /// It cannot be asked.
  ///
  /// @param why what is missing, with the remedy
  record CannotTell(Reason reason, String why) implements Applicability {}

  /// It does.
  static Applicability applies() {
    return new Applies();
  }
}
