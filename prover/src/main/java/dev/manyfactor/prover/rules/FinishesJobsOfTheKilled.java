package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// 09-5: a job whose process is killed in the middle of it is completed by another process, with
/// one effect.
///
/// The middle is just before the effect: the tables that hold it are locked, so that the process
/// stands still there, having taken the job and done whatever comes before. A second job that
/// nothing is done to shows how it goes otherwise.
@AutoService(Rule.class)
public final class FinishesJobsOfTheKilled implements Rule {
  private static final Duration MEETING = Duration.ofSeconds(15);
  private static final Duration AFTERWARDS = Duration.ofMillis(500); // for a second effect
  private static final Duration POLL = Duration.ofMillis(50);

  @Override
  public String requirement() {
    return "09-5";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Background.antecedent(bench, Background.jobs(bench), "job");
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<Trial> trials = new ArrayList<>();
    for (int round = 1; round <= bench.choose(3, 1); round++) {
      for (Chaos.Background job : Background.jobs(bench)) {
        trials.add(new Trial(job.name() + " " + round, scene -> killed(scene, job)));
      }
    }
    return trials;
  }

  @Override
  public boolean waitsLong() {
    return true;
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED, Control.RECOVERED);
  }

  private static Finding killed(Scene scene, Chaos.Background job) throws InterruptedException {
    Bench bench = scene.bench();
    Chaos.Operation cause =
        Deeds.named(bench.manifest().chaos(), job.after().orElseThrow()).orElseThrow();
    Database database = scene.database().orElseThrow();
    Running web = scene.startReady(Start.of(bench.subject().web().orElseThrow().name()));
    String identity = caused(scene, web, cause);
    try (Standstill standstill = Standstill.of(database, Deeds.tablesOf(database, job.effects()))) {
      Running first = scene.start(Background.start(job).as(job.process() + " A"));
      if (standstill.awaitWaiting(1, MEETING) == 0) {
        return new Finding.Undecided(
            Reason.UNREACHED,
            "%s did not come to the effect of %s within %d s"
                .formatted(job.process(), job.name(), MEETING.toSeconds()));
      }
      scene.holds(
          Control.REACHED,
          "%s stood before the effect of %s when it was killed"
              .formatted(first.label(), job.name()));
      scene.transcript().add("prover", "SIGKILL to " + first.label());
      first.process().kill();
      var _ = first.process().awaitExit(MEETING);
    }
    Running second = scene.start(Background.start(job).as(job.process() + " B"));
    Several.awaitUp(scene, second, job.process());
    return completed(scene, job, identity, caused(scene, web, cause));
  }

  private static String caused(Scene scene, Running web, Chaos.Operation cause)
      throws InterruptedException {
    Deeds.Done done = new Deeds(scene, web).done(cause);
    if (!done.exchange().succeeded()) {
      throw new BaselineMissing(
          "%s of `chaos` does not succeed: %s".formatted(cause.name(), done.exchange()));
    }
    return done.identity();
  }

  /// @param other the identity of a job that nothing was done to
  private static Finding completed(Scene scene, Chaos.Background job, String identity, String other)
      throws InterruptedException {
    Database database = scene.database().orElseThrow();
    Duration limit = scene.bench().manifest().proving().deadlines().recovery();
    Duration began = scene.transcript().elapsed();
    Map<String, Integer> effects = Map.of();
    while (!effects.keySet().containsAll(List.of(identity, other))
        && scene.transcript().elapsed().minus(began).compareTo(limit) < 0) {
      Thread.sleep(POLL);
      effects = Deeds.effects(database, job.effects());
    }
    long after = scene.transcript().elapsed().minus(began).toMillis();
    Thread.sleep(AFTERWARDS);
    int times = Deeds.effects(database, job.effects()).getOrDefault(identity, 0);
    if (!effects.containsKey(other)) {
      return new Finding.Undecided(
          Reason.UNREACHED,
          "a second %s, which nothing was done to, had no effect within %d ms either"
              .formatted(job.name(), limit.toMillis()));
    }
    scene.holds(Control.RECOVERED, "a second " + job.name() + " was done");
    return times == 1
        ? new Finding.Survived(
            "the %s of a killed process was completed by another within %d ms, with one effect"
                .formatted(job.name(), after))
        : new Finding.Broken(
            "the process that did %s was killed before the effect; another one was to complete it within %d ms, with one effect, but there are %d, and a second %s was done"
                .formatted(job.name(), limit.toMillis(), times, job.name()));
  }
}
