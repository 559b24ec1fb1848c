package dev.manyfactor.prover.outcome;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was tried for one requirement.
///
/// @param minimum the number of trials without which nothing is proven, 1 or more
/// @param required the controls that must hold in each trial
public record Evidence(List<TrialRecord> trials, int minimum, Set<Control> required) {
  /// Copies what could change.
  public Evidence {
    if (minimum < 1) {
      throw new IllegalArgumentException(
          "evidence takes at least 1 trial, but the minimum is " + minimum);
    }
    trials = List.copyOf(trials);
    required = Set.copyOf(required);
  }

  /// Nothing was tried.
  public static Evidence none() {
    return new Evidence(List.of(), 1, Set.of());
  }

  /// How many trials the service survived.
  public int survived() {
    return (int) trials.stream().filter(TrialRecord::survived).count();
  }

  /// The first trial that found a counter-example.
  public Optional<TrialRecord> broken() {
    return trials.stream().filter(TrialRecord::broke).findFirst();
  }

  /// The first trial that could not tell, or that lacks a control; and why.
  Optional<Finding.Undecided> undecided() {
    return trials.stream().flatMap(trial -> undecided(trial).stream()).findFirst();
  }

  private Optional<Finding.Undecided> undecided(TrialRecord trial) {
    if (trial.finding() instanceof Finding.Undecided undecided) {
      return Optional.of(undecided);
    }
    return required.stream()
        .sorted()
        .filter(control -> !trial.controls().containsKey(control))
        .filter(control -> trial.survived() || control != Control.RECOVERED)
        .map(control ->
            new Finding.Undecided(
                Reason.UNREACHED,
                "control %s did not hold in trial \"%s\"".formatted(control.id(), trial.name())))
        .findFirst();
  }
}
