package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// 12-4: a task that is killed between two of its statements converges when it is run again, and
/// one whose connection ends there does not end with 0 unless it has made up for it.
///
/// It converges if it ends with 0 and the database is then like one on which it ran without
/// interruption: the same schema, and as many rows. The task of the release is run on empty
/// databases, others on copies of the migrated one.
@AutoService(Rule.class)
public final class ConvergesAfterAnInterruption implements Rule {
  private static final int FEW = 1;
  private static final Duration SHORTEST = Duration.ofMillis(20);

  @Override
  public String requirement() {
    return "12-4";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.manifest().programs().tasks().isEmpty()
        ? new Applicability.DoesNotApply("the manifest declares no tasks")
        : Applicability.applies();
  }

  /// The task of the release first; with little time, it alone.
  @Override
  public List<Trial> trials(Bench bench) {
    Manifest.Programs programs = bench.manifest().programs();
    List<String> tasks = new ArrayList<>(programs.release().stream().toList());
    programs.tasks().keySet().stream().filter(task -> !tasks.contains(task)).forEach(tasks::add);
    return tasks.stream()
        .limit(bench.choose(tasks.size(), FEW))
        .map(task -> new Trial(task, scene -> interrupt(scene, task)))
        .toList();
  }

  private static Finding interrupt(Scene scene, String task) throws InterruptedException {
    TaskSite site = new TaskSite(scene, Errand.of(task));
    Errand.End intact = site.intact();
    if (!intact.isGood()) {
      return new Finding.Undecided(
          Reason.UNREACHED,
          "%s, which nobody interrupted, %s; 12-1 asks for that".formatted(task, intact));
    }
    List<Boundary> all = Boundary.all(site.counted());
    if (all.isEmpty()) {
      return inHalfItsTime(scene, site, intact);
    }
    int done = 0;
    int most = scene.bench().choose(all.size(), FEW);
    for (Boundary boundary : Boundary.some(all, site::isHalfDone, most, scene.bench().random())) {
      if (done > 0 && !site.hasTime()) {
        break;
      }
      TaskSite.Interrupted run = site.killed(boundary);
      if (run.hit()) {
        scene.holds(Control.REACHED, "%s was killed %s".formatted(task, boundary));
        Optional<Finding> wrong = site.again(run, "%s was killed %s".formatted(task, boundary));
        if (wrong.isPresent()) {
          return wrong.get();
        }
        done++;
      }
    }
    String survived =
        "%s was killed at %d of %d boundaries between statements, and run again: as if nothing had happened; when its connection ended, it did not pretend"
            .formatted(task, done, all.size());
    return site.failing(all).orElseGet(() -> new Finding.Survived(survived));
  }

  /// A task that says nothing to a database is killed in the middle of its time, or earlier, should
  /// it be done sooner than the first time.
  private static Finding inHalfItsTime(Scene scene, TaskSite site, Errand.End intact)
      throws InterruptedException {
    Duration after = intact.after().dividedBy(2);
    TaskSite.Interrupted run = site.killedAfter(after);
    while (!run.hit() && after.isPositive()) {
      after = after.compareTo(SHORTEST) < 0 ? Duration.ZERO : after.dividedBy(2);
      run = site.killedAfter(after);
    }
    String done =
        "it was killed after %d ms of some %d ms"
            .formatted(after.toMillis(), intact.after().toMillis());
    if (run.hit()) {
      scene.holds(Control.REACHED, done);
    }
    return site.again(run, done)
        .orElseGet(() ->
            new Finding.Survived(
                "%s, and ended with 0 when it was run again; it says nothing to a database of the manifest"
                    .formatted(done)));
  }
}
