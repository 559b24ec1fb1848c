package dev.manyfactor.prover.outcome;

import java.time.LocalDate;

/// Who takes it upon themselves that a requirement does not hold, why, and until when.
///
/// @param requirement its id
/// @param until the last day
public record Waiver(String requirement, String reason, String owner, LocalDate until) {
  /// Refuses to say nothing.
  public Waiver {
    Texts.require(requirement, "the requirement of a waiver");
    Texts.require(reason, "the reason of a waiver");
    Texts.require(owner, "the owner of a waiver");
  }
}
