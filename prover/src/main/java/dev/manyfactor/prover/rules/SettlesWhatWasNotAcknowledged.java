package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Hit;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// 18-5: a commit, or a call to another service, is carried out and its answer is lost; the same
/// request sent again has the one effect, here and there.
///
/// The connection to the database ends with the answer. The process lives on, so whatever it does
/// about its failed request is part of the proof.
@AutoService(Rule.class)
public final class SettlesWhatWasNotAcknowledged implements Rule {
  private static final int FEW = 2;
  private static final Duration AFTERMATH = Duration.ofMillis(500); // to clean up what has failed

  @Override
  public String requirement() {
    return "18-5";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return calls(bench) ? Creation.antecedent(bench) : Crashes.antecedent(bench);
  }

  /// Whether samples reach another service.
  private static boolean calls(Bench bench) {
    return bench.manifest().dependencies(Dependency.Service.class).stream()
        .anyMatch(service -> bench.seen().reached().contains(service.name()));
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Creation.trials(bench, SettlesWhatWasNotAcknowledged::lose);
  }

  private static Finding lose(Scene scene, Manifest.Sample sample) throws InterruptedException {
    if (scene.wire().isEmpty()) {
      Running web = scene.startReady(Start.of(scene.bench().subject().web().orElseThrow().name()));
      return LostCalls.of(scene, sample, web)
          .orElseGet(() ->
              new Finding.Undecided(
                  Reason.NO_PROBE_OPERATION,
                  "%s keeps nothing in a database of the manifest and calls nobody in a way that changes something"
                      .formatted(sample.path())));
    }
    CrashSite site = new CrashSite(scene, sample);
    Finding commits = loseCommits(scene, sample, site);
    if (!(commits instanceof Finding.Survived(var here)) || !calls(scene.bench())) {
      return commits;
    }
    return LostCalls.of(scene, sample, site.web())
        .map(there ->
            there instanceof Finding.Survived(var text)
                ? new Finding.Survived(here + "; " + text)
                : there)
        .orElse(commits);
  }

  private static Finding loseCommits(Scene scene, Manifest.Sample sample, CrashSite site)
      throws InterruptedException {
    List<Boundary> all = Boundary.commits(site.counted(), List.of(Moment.ANSWER_HELD));
    if (all.isEmpty() || site.isBlind()) {
      return Crashes.nothingToSee(sample, all);
    }
    int most = scene.bench().choose(all.size(), FEW);
    int done = 0;
    for (Boundary boundary : Boundary.some(all, _ -> true, most, scene.bench().random())) {
      Call call = site.fresh();
      Map<String, Long> before = site.rows();
      CrashSite.Struck struck = site.strike(boundary, call, Deed.cut());
      if (struck.hit().filter(Hit::settled).isEmpty()) {
        continue; // this request took another way
      }
      scene.holds(
          Control.REACHED,
          "the connection ended %s; the client got: %s".formatted(boundary, struck.exchange()));
      Thread.sleep(AFTERMATH);
      Exchange last = site.insist(call);
      Optional<Finding> wrong =
          Crashes.wrong(site, "the connection to the database ended " + boundary, before, last);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      done++;
    }
    return new Finding.Survived(
        "the answer was lost of %d of %d commits, and the request sent again: one effect each%s"
            .formatted(done, all.size(), site.limit()));
  }
}
