package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Command;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.formation.Variables;
import dev.manyfactor.formation.Wiring;
import dev.manyfactor.prover.observe.Launch;
import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.observe.Sandbox;
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts together what is known of a service before anything is tried.
public final class Subjects {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    Map<String, Variable> variables = declared(manifest);
    if (manifest.proving().schema().isPresent()) {
      schema(manifest.proving().schema().get(), manifest, sandbox, surroundings)
          .forEach(variable -> variables.put(variable.name(), variable));
    }
    return new Subject(manifest, checkout, List.copyOf(variables.values()), outline(manifest));
  }

  /// What the manifest alone says, of a service that has no artifact to ask.
  ///
  /// @throws FormationException 78 when the contract is none
  public static Subject unbuilt(Manifest manifest, Subject.Checkout checkout) {
    return new Subject(
        manifest, checkout, List.copyOf(declared(manifest).values()), outline(manifest));
  }

  private static Map<String, Variable> declared(Manifest manifest) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    manifest
        .dependencies()
        .forEach(dependency ->
            implied(dependency).forEach(variable -> variables.put(variable.name(), variable)));
    manifest.proving().variables().forEach(variable -> variables.put(variable.name(), variable));
    return variables;
  }

  /// Asks the artifact itself, as any process that is observed.
  private static List<Variable> schema(
      Command command, Manifest manifest, Sandbox sandbox, Surroundings surroundings)
      throws InterruptedException {
    Path scratch = sandbox.scratch("schema");
    Map<String, String> environment =
        Map.of("PATH", Wiring.path(surroundings.environment()), "HOME", scratch.toString());
    List<String> words = Wiring.located(command.words(), environment);
    Launch launch =
        new Launch(
            "schema",
            words,
            manifest.directory(),
            environment,
            new Launch.Reach(scratch, Set.of()));
    try (Observed asked = sandbox.start(launch)) {
      boolean ended = asked.awaitExit(PATIENCE);
      String written =
          asked.output().lines().stream()
              .filter(line -> line.stream() == OutputLine.Stream.STDOUT)
              .map(OutputLine::text)
              .collect(Collectors.joining("\n"));
      if (!ended || asked.exitCode().orElse(-1) != 0) {
        throw new FormationException(
            ExitCode.CONFIG,
            "`%s`, which variables.schema in %s names, %s; it must print a JSON Schema and end with 0"
                .formatted(
                    command.line(),
                    Manifest.FILE,
                    ended ? "ended with " + asked.exitCode().orElse(-1) : "does not end"));
      }
      return Variables.of(written);
    }
  }

  private static Optional<Outline> outline(Manifest manifest) {
    try {
      return manifest.contract().map(ContractOutline::of);
    } catch (IllegalArgumentException none) {
      throw new FormationException(ExitCode.CONFIG, String.valueOf(none.getMessage()));
    }
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
