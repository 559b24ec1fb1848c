package dev.manyfactor.prover.trial;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.Variable;
import java.util.List;
import java.util.Optional;

/// The service that is proven, as far as it is known before anything is tried.
///
/// @param variables every variable that it declares or that its dependencies imply
/// @param operations what its contract declares; empty without a contract
public record Subject(
    Manifest manifest, Checkout checkout, List<Variable> variables, Optional<Outline> operations) {
  /// Copies what could change.
  public Subject {
    variables = List.copyOf(variables);
  }

  /// The sources.
  ///
  /// @param commit the whole id of HEAD; empty where there is no git, or no commit
  /// @param dirty files that differ from it, relative to the root of the checkout
  /// @param isShallow whether only the newest part of the history is here
  public record Checkout(Optional<String> commit, List<String> dirty, boolean isShallow) {
    /// Copies what could change.
    public Checkout {
      dirty = List.copyOf(dirty);
    }
  }

  /// The first process type that listens, by convention `web`.
  public Optional<ProcessType> web() {
    return manifest.programs().processes().stream()
        .filter(type -> type.listens().isPresent())
        .findFirst();
  }

  /// A sample that reads, if there is one: a GET whose path needs nothing that was made before.
  public Optional<Manifest.Sample> read() {
    return manifest.samples().stream().filter(sample -> sample.method().equals("GET")).findFirst();
  }

  /// A sample that makes something, if there is one.
  public Optional<Manifest.Sample> create() {
    return manifest.samples().stream()
        .filter(sample -> sample.method().equals("POST") || sample.method().equals("PUT"))
        .findFirst();
  }
}
