package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// 12-1: each declared task runs beside the processes, from the same folder with the same
/// environment, ends with 0, and changes nothing when it runs again.
///
/// Nothing else runs in its scene, so that what differs afterwards comes from the task. The task of
/// the release has run before: the database of the scene is a copy of what it left.
@AutoService(Rule.class)
public final class RepeatsItsTasks implements Rule {
  private static final int FEW = 2;

  @Override
  public String requirement() {
    return "12-1";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.manifest().programs().tasks().isEmpty()
        ? new Applicability.DoesNotApply("the manifest declares no tasks")
        : Applicability.applies();
  }

  /// The task of the release first.
  @Override
  public List<Trial> trials(Bench bench) {
    Manifest.Programs programs = bench.manifest().programs();
    List<String> tasks = new ArrayList<>(programs.release().stream().toList());
    programs.tasks().keySet().stream().filter(task -> !tasks.contains(task)).forEach(tasks::add);
    return tasks.stream()
        .limit(bench.choose(tasks.size(), FEW))
        .map(task -> new Trial(task, scene -> twice(scene, task)))
        .toList();
  }

  private static Finding twice(Scene scene, String task) throws InterruptedException {
    Manifest.Programs programs = scene.bench().manifest().programs();
    boolean hasRun = programs.release().equals(Optional.of(task));
    Errand errand = Errand.of(task);
    if (!hasRun) {
      Errand.End first = scene.begin(errand).await();
      if (!first.isGood()) {
        return failed(task, first, programs.examples().containsKey(task));
      }
    }
    Optional<Catalog> before = scene.database().map(Catalog::of);
    Errand.End second = scene.begin(errand.as(task + " again")).await();
    if (!second.isGood()) {
      return new Finding.Broken(
          "%s, run again where it had ended with 0, was to end with 0, but it %s"
              .formatted(task, second));
    }
    return before
        .map(earlier -> compared(scene, task, earlier))
        .orElseGet(() ->
            new Finding.Survived(
                "%s ended with 0 %s; no database is declared that it could change"
                    .formatted(task, hasRun ? "each time" : "twice")));
  }

  /// A task that nothing is known of may rightly ask for arguments.
  private static Finding failed(String task, Errand.End end, boolean hasExample) {
    return hasExample || end.code().isEmpty()
        ? new Finding.Broken("%s was to end with 0, but it %s".formatted(task, end))
        : new Finding.Undecided(
            Reason.NO_PROBE_OPERATION,
            "%s %s; if it needs arguments, give some that work as tasks.%s.example in the manifest"
                .formatted(task, end, task));
  }

  private static Finding compared(Scene scene, String task, Catalog before) {
    Catalog after = Catalog.of(scene.database().orElseThrow());
    List<String> schema = before.changesTo(after);
    if (!schema.isEmpty()) {
      return new Finding.Broken(
          "%s, run again, was to leave the schema as it was, but %s"
              .formatted(task, Catalog.some(schema)));
    }
    Set<String> declared = scene.bench().manifest().proving().changes(task);
    Map<String, String> changes = before.rowChangesTo(after);
    changes.keySet().removeIf(table -> isDeclared(table, declared));
    return changes.isEmpty()
        ? new Finding.Survived(
            "%s ended with 0 each time; the second run changed nothing in %d tables%s"
                .formatted(
                    task,
                    after.tables().size(),
                    declared.isEmpty() ? "" : ", apart from " + String.join(", ", declared)))
        : new Finding.Broken(
            "%s, run again, was to change nothing, but %s; if that is meant, name the tables as tasks.%s.changes in the manifest"
                .formatted(task, Catalog.some(List.copyOf(changes.values())), task));
  }

  /// Tables may be named with or without their schema.
  static boolean isDeclared(String table, Set<String> declared) {
    return declared.contains(table) || declared.contains(table.replaceFirst("^[^.]*\\.", ""));
  }
}
