package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What rules about repeated requests have in common: the samples that change something, and how
/// often something has been changed.
final class Creation {
  /// The header that names a request, so that it can be sent again.
  static final String KEY = "Idempotency-Key";

  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

  private Creation() {}

  /// The samples that change something.
  static List<Manifest.Sample> samples(Bench bench) {
    return bench.manifest().samples().stream()
        .filter(sample -> CHANGING.contains(sample.method()))
        .toList();
  }

  /// Those of them that are to be recognised by their key when they come again: all that do not
  /// declare themselves `natural` or `safe`.
  static List<Manifest.Sample> keyed(Bench bench) {
    return samples(bench).stream().filter(sample -> isKeyed(bench, sample)).toList();
  }

  /// Unless the sample, or the contract, declares that it may give another answer.
  static boolean isKeyed(Bench bench, Manifest.Sample sample) {
    return declared(bench, sample)
        .map(said -> said.equals("key") || said.equals("none"))
        .orElse(true);
  }

  /// What the sample, or else the contract, says of sending it twice.
  static Optional<String> declared(Bench bench, Manifest.Sample sample) {
    return sample
        .idempotency()
        .or(() -> operation(bench, sample).flatMap(Outline.Operation::idempotency));
  }

  /// What the contract says of a sample.
  static Optional<Outline.Operation> operation(Bench bench, Manifest.Sample sample) {
    return bench
        .subject()
        .operations()
        .flatMap(outline -> outline.operation(sample.method(), sample.path()));
  }

  /// What is done with one of them.
  @FunctionalInterface
  interface Repetition {
    /// Repeats it.
    Finding of(Scene scene, Manifest.Sample sample) throws InterruptedException;
  }

  /// A trial for each of them.
  static List<Trial> trials(Bench bench, Repetition repetition) {
    return trials(samples(bench), repetition);
  }

  /// A trial for each of some.
  static List<Trial> trials(List<Manifest.Sample> samples, Repetition repetition) {
    return samples.stream()
        .map(sample ->
            new Trial(sample.method() + " " + sample.path(), scene -> repetition.of(scene, sample)))
        .toList();
  }

  /// Whether there is a request that could be repeated: a sample that changes something. A contract
  /// without any such operation says that there is nothing to repeat.
  static Applicability antecedent(Bench bench) {
    if (!samples(bench).isEmpty()) {
      return Applicability.applies();
    }
    if (bench.subject().web().isEmpty()) {
      return new Applicability.DoesNotApply("no process type of the manifest serves requests");
    }
    return bench
        .subject()
        .operations()
        .filter(outline ->
            outline.operations().stream()
                .noneMatch(operation -> CHANGING.contains(operation.method())))
        .<Applicability>map(outline ->
            new Applicability.DoesNotApply(
                "the contract has %d operations, and each of them only reads"
                    .formatted(outline.operations().size())))
        .orElseGet(() ->
            new Applicability.CannotTell(
                Reason.NO_PROBE_OPERATION,
                "no sample changes anything; add one to the manifest, for example `- request: POST"
                    + " /v1/notes` with a `body`"));
  }

  /// What the service holds: the rows of its database by table, or, without one, what its read
  /// sample shows; empty if there is neither, and nothing can be said of effects.
  static Map<String, String> state(Scene scene, Running web) throws InterruptedException {
    Map<String, String> state = new TreeMap<>();
    if (scene.database().isPresent()) {
      scene
          .database()
          .get()
          .rows()
          .forEach((table, rows) -> state.put(table, String.valueOf(rows)));
    } else if (scene.bench().subject().read().isPresent()) {
      Exchange read = web.send(scene.call(scene.bench().subject().read().get()));
      if (!read.succeeded()) {
        throw new BaselineMissing("what the service holds cannot be seen: " + read);
      }
      state.put("what the read sample shows", read.body());
    }
    return state;
  }

  /// How many rows each table has gained, tables without a change left out.
  static Map<String, Long> gained(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> gained = new TreeMap<>();
    after.forEach((table, rows) -> {
      long more = rows - before.getOrDefault(table, 0L);
      if (more != 0) {
        gained.put(table, more);
      }
    });
    return gained;
  }
}
