package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// 18-4: whatever statement a process is killed at, the same request sent again to its successor
/// has the one effect.
///
/// It is killed before each statement of a request, and after the last. With little time it is a
/// few of them: where something has become durable, and others by chance.
@AutoService(Rule.class)
public final class SurvivesAKillWithOneEffect implements Rule {
  private static final int FEW = 2;

  @Override
  public String requirement() {
    return "18-4";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Crashes.antecedent(bench);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Creation.trials(bench, SurvivesAKillWithOneEffect::killed);
  }

  private static Finding killed(Scene scene, Manifest.Sample sample) throws InterruptedException {
    CrashSite site = new CrashSite(scene, sample);
    List<Boundary> all = Boundary.all(site.counted());
    if (all.isEmpty() || site.isBlind()) {
      return Crashes.nothingToSee(sample, all);
    }
    List<Boundary> chosen = chosen(scene.bench(), all, site);
    int done = 0;
    for (Boundary boundary : chosen) {
      if (done > 0 && !site.hasTime()) {
        break;
      }
      Call call = site.fresh();
      Map<String, Long> before = site.rows();
      if (site.kill(boundary, call).hit().isEmpty()) {
        continue; // this request took another way
      }
      scene.holds(Control.REACHED, "%s was killed %s".formatted(sample.path(), boundary));
      site.succeed();
      Exchange last = site.insist(call);
      Optional<Finding> wrong =
          Crashes.wrong(site, "the process was killed " + boundary, before, last);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      done++;
    }
    return new Finding.Survived(
        "killed at %d of %d boundaries between statements, and the request sent again: one effect each%s"
            .formatted(done, all.size(), site.limit()));
  }

  /// Where a statement has just become durable is where an effect and its key part.
  private static List<Boundary> chosen(Bench bench, List<Boundary> all, CrashSite site) {
    Set<Integer> durable = Crashes.numbers(Boundary.commits(site.counted(), List.of(Moment.AFTER)));
    return Boundary.some(
        all,
        boundary ->
            boundary.moment() == Moment.BEFORE
                ? durable.contains(boundary.number() - 1)
                : durable.contains(boundary.number()),
        bench.choose(all.size(), FEW),
        bench.random());
  }
}
