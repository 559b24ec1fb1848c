package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.prover.observe.Sandbox;
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what is known of a service before anything is tried.
public final class Subjects {
  private Subjects() {}

  /// A manifest with these samples if it has none of its own.
  public static Manifest withSamples(Manifest manifest, List<Manifest.Sample> samples) {
    return manifest.samples().isEmpty() ? manifest.withSamples(samples) : manifest;
  }

  /// Asks the artifact for its variables, where the manifest says how, and reads the contract.
  ///
  /// @throws FormationException 78 when the contract is none
  public static Subject of(
      Manifest manifest, Subject.Checkout checkout, Sandbox sandbox, Surroundings surroundings)
      throws InterruptedException {
    Map<String, Variable> variables = new LinkedHashMap<>();
    manifest
        .dependencies()
        .forEach(dependency ->
            implied(dependency).forEach(variable -> variables.put(variable.name(), variable)));
    manifest.proving().variables().forEach(variable -> variables.put(variable.name(), variable));
    return new Subject(manifest, checkout, List.copyOf(variables.values()), outline(manifest));
  }

  private static Optional<Outline> outline(Manifest manifest) {
    return manifest.contract().map(ContractOutline::of);
  }

  private static List<Variable> implied(Dependency dependency) {
    return switch (dependency) {
      case Dependency.Postgres postgres ->
          List.of(
              new Variable(postgres.variable(), Variable.Kind.URL, true, true, Optional.empty()));
      case Dependency.Oidc _ ->
          List.of(
              new Variable("OIDC_ISSUER", Variable.Kind.URL, true, false, Optional.empty()),
              new Variable("OIDC_AUDIENCE", Variable.Kind.TEXT, true, false, Optional.empty()));
      case Dependency.Service service ->
          List.of(
              new Variable(service.variable(), Variable.Kind.URL, true, false, Optional.empty()));
    };
  }
}
