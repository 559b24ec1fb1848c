package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Start;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a service does without being asked, as its manifest says under `chaos.background`.
final class Background {
  private Background() {}

  /// The jobs that an operation leaves which can be done at once.
  static List<Chaos.Background> jobs(Bench bench) {
    Chaos chaos = bench.manifest().chaos();
    return chaos.background().stream()
        .filter(one ->
            one.after()
                .flatMap(name -> Deeds.named(chaos, name))
                .filter(operation -> Deeds.isSimple(chaos, operation))
                .isPresent())
        .toList();
  }

  /// The schedules.
  static List<Chaos.Background> schedules(Bench bench) {
    return bench.manifest().chaos().background().stream()
        .filter(one -> one.after().isEmpty())
        .toList();
  }

  /// Its process type, with the variables that make it happen.
  static Start start(Chaos.Background background) {
    Start start = Start.of(background.process());
    for (Map.Entry<String, String> variable : background.environment().entrySet()) {
      start = start.with(variable.getKey(), variable.getValue());
    }
    return start;
  }

  /// Whether there is something of the kind that a rule asks for.
  ///
  /// @param found those that the manifest describes
  /// @param kind what they are called: `job`
  static Applicability antecedent(Bench bench, List<Chaos.Background> found, String kind) {
    Manifest manifest = bench.manifest();
    if (!found.isEmpty()) {
      return Applicability.applies();
    }
    if (manifest.dependencies(Dependency.Postgres.class).isEmpty()) {
      return new Applicability.DoesNotApply(
          "the manifest declares no database that a %s could stand in".formatted(kind));
    }
    Optional<ProcessType> other =
        manifest.programs().processes().stream()
            .filter(type -> type.listens().isEmpty())
            .findFirst();
    if (other.isEmpty()) {
      return new Applicability.DoesNotApply(
          "every process type serves requests, and the manifest describes no %s".formatted(kind));
    }
    return manifest.chaos().operations().isEmpty()
        ? new Applicability.CannotTell(
            Reason.NO_PROBE_OPERATION,
            "the process type %s may run jobs or schedules, and nothing says which; describe them under `chaos.background` in the manifest, with the operation that causes each and a query for its effects"
                .formatted(other.get().name()))
        : new Applicability.DoesNotApply(
            "the manifest describes its background under `chaos`, and no %s in it that could be caused at once"
                .formatted(kind));
  }
}
