package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// 09-4: a process is killed before, at and after each commit of a request. What was acknowledged
/// is there; the request itself is there whole, or not at all.
///
/// Each time, another request is acknowledged just before, so that a service which writes later
/// than it answers is found, too. The rows are looked at before anything is started again.
@AutoService(Rule.class)
public final class KeepsWhatItAcknowledged implements Rule {
  private static final int FEW = 2;
  private static final Duration EARLY = Duration.ofMillis(200); // for an answer before its commit

  @Override
  public String requirement() {
    return "09-4";
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
    return Creation.trials(bench, KeepsWhatItAcknowledged::kill);
  }

  private static Finding kill(Scene scene, Manifest.Sample sample) throws InterruptedException {
    CrashSite site = new CrashSite(scene, sample);
    List<Boundary> all = Boundary.commits(site.counted(), List.of(Moment.values()));
    if (all.isEmpty() || site.isBlind()) {
      return Crashes.nothingToSee(sample, all);
    }
    int done = 0;
    for (Boundary boundary : chosen(scene.bench(), all)) {
      if (done > 0) {
        if (!site.hasTime()) {
          break;
        }
        site.succeed();
      }
      Optional<Finding> wrong = tried(scene, site, sample, boundary);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      done++;
    }
    return new Finding.Survived(
        "killed at %d of %d moments around a commit: what was acknowledged was there, and the rest whole or not at all%s"
            .formatted(done, all.size(), site.limit()));
  }

  /// With little time, before the last commit, when all is open, and after the first.
  private static List<Boundary> chosen(Bench bench, List<Boundary> all) {
    int first = all.getFirst().number();
    int last = all.getLast().number();
    return Boundary.some(
        all,
        boundary ->
            boundary.moment() == Moment.BEFORE
                ? boundary.number() == last
                : boundary.moment() == Moment.AFTER && boundary.number() == first,
        bench.choose(all.size(), FEW),
        bench.random());
  }

  private static Optional<Finding> tried(
      Scene scene, CrashSite site, Manifest.Sample sample, Boundary boundary)
      throws InterruptedException {
    Call earlier = site.fresh();
    Map<String, Long> before = site.rows();
    Exchange acknowledged = site.web().send(earlier);
    if (!acknowledged.succeeded()) {
      throw new BaselineMissing("the sample does not succeed: " + acknowledged);
    }
    CrashSite.Struck struck = site.kill(boundary, site.fresh(), EARLY);
    if (struck.hit().isEmpty()) {
      return Optional.empty(); // this request took another way
    }
    scene.holds(Control.REACHED, "%s was killed %s".formatted(sample.path(), boundary));
    Rows rows = Rows.of(site, before, earlier);
    if (!rows.holdsAtLeast(1)) {
      return Optional.of(
          new Finding.Broken(
              "%s was acknowledged before the process was killed %s during the next request, but of the rows %s that one effect adds there were %s"
                  .formatted(acknowledged, boundary, rows.effect(), rows.gained())));
    }
    if (struck.exchange().succeeded() && !rows.holdsAtLeast(2)) {
      return Optional.of(
          new Finding.Broken(
              "%s was acknowledged, then the process was killed %s, and it is not there: two effects add twice %s, but there were %s"
                  .formatted(struck.exchange(), boundary, rows.effect(), rows.gained())));
    }
    return rows.isWhole()
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "the process was killed %s; the request was to be there whole or not at all, but beside one effect, which adds %s, the database had %s in all"
                    .formatted(boundary, rows.effect(), rows.gained())));
  }

  /// What was added by a request that was acknowledged and one that was interrupted, apart from
  /// where keys are kept: a key without its effect is fit.
  ///
  /// @param effect what one adds
  private record Rows(Map<String, Long> effect, Map<String, Long> gained) {
    static Rows of(CrashSite site, Map<String, Long> before, Call earlier) {
      Set<String> keys = site.tablesWith(earlier.headers().getOrDefault(Creation.KEY, ""));
      Map<String, Long> effect = new TreeMap<>(site.effect());
      Map<String, Long> gained = new TreeMap<>(site.gainedSince(before));
      if (!keys.containsAll(effect.keySet())) {
        effect.keySet().removeAll(keys);
        gained.keySet().removeAll(keys);
      }
      return new Rows(effect, gained);
    }

    boolean holdsAtLeast(int times) {
      return effect.entrySet().stream()
          .allMatch(rows -> gained.getOrDefault(rows.getKey(), 0L) >= times * rows.getValue());
    }

    boolean isWhole() {
      return effect.equals(gained) || isTwice();
    }

    private boolean isTwice() {
      return effect.keySet().equals(gained.keySet())
          && effect.entrySet().stream()
              .allMatch(rows -> gained.getOrDefault(rows.getKey(), 0L) == 2 * rows.getValue());
    }
  }
}
