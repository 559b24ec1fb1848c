package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Chaos;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// 08-2: with three instances of whatever does it, a queued job and a tick of a schedule have one
/// effect each.
///
/// Jobs are queued before the instances start, and the tables of their effects are locked until all
/// instances have come to one; so who takes what another has taken is found at the first try.
@AutoService(Rule.class)
public final class HasOneEffectPerTick implements Rule {
  private static final int INSTANCES = 3;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1); // for a second effect
  private static final Duration STARTING = Duration.ofSeconds(15);
  private static final Duration MEETING = Duration.ofMillis(800); // nobody's patience ends by then
  private static final Duration POLL = Duration.ofMillis(100);

  @Override
  public String requirement() {
    return "08-2";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Background.antecedent(bench, all(bench), "job or schedule");
  }

  private static List<Chaos.Background> all(Bench bench) {
    List<Chaos.Background> all = new ArrayList<>(Background.schedules(bench));
    all.addAll(Background.jobs(bench));
    return all;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<Trial> trials = new ArrayList<>();
    Background.jobs(bench)
        .forEach(job -> trials.add(new Trial("job " + job.name(), scene -> queued(scene, job))));
    List<Chaos.Background> schedules = Background.schedules(bench);
    if (!schedules.isEmpty()) {
      trials.add(new Trial("schedules", scene -> ticked(scene, schedules)));
    }
    return trials.subList(0, bench.choose(trials.size(), 1));
  }

  @Override
  public boolean waitsLong() {
    return true;
  }

  private static Finding queued(Scene scene, Chaos.Background job) throws InterruptedException {
    Bench bench = scene.bench();
    Chaos.Operation cause = cause(scene, job);
    Database database = scene.database().orElseThrow();
    Running web = scene.startReady(Start.of(bench.subject().web().orElseThrow().name()));
    Set<String> own = new TreeSet<>(Deeds.tablesOf(database, job.effects()));
    own.removeAll(Deeds.tablesOf(database, cause.effects()));
    Set<String> wanted =
        own.isEmpty() ? startedAfter(scene, web, job, cause) : startedBefore(scene, web, job, own);
    Map<String, Integer> effects = Map.of();
    Duration until = scene.transcript().elapsed().plus(LONGEST);
    while (!effects.keySet().containsAll(wanted)
        && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(POLL);
      effects = Deeds.effects(database, job.effects());
    }
    Thread.sleep(AFTERWARDS);
    return judged(wanted, Deeds.effects(database, job.effects()), job, waiting(database, job));
  }

  /// The instances are up, and stand still at the first effects.
  ///
  /// @param own the tables of the effects that the cause of the job does not write
  private static Set<String> startedBefore(
      Scene scene, Running web, Chaos.Background job, Set<String> own) throws InterruptedException {
    var _ = Several.of(scene, Background.start(job), INSTANCES);
    Set<String> wanted = new TreeSet<>();
    try (Standstill standstill = Standstill.of(scene.database().orElseThrow(), own)) {
      wanted.addAll(caused(scene, web, cause(scene, job), INSTANCES));
      met(scene, standstill);
    }
    wanted.addAll(caused(scene, web, cause(scene, job), jobs(scene) - INSTANCES));
    return wanted;
  }

  private static int jobs(Scene scene) {
    return scene.bench().choose(30, 12);
  }

  /// The job changes what its cause has written, so the cause comes before the lock.
  private static Set<String> startedAfter(
      Scene scene, Running web, Chaos.Background job, Chaos.Operation cause)
      throws InterruptedException {
    Database database = scene.database().orElseThrow();
    Set<String> wanted = caused(scene, web, cause, jobs(scene));
    List<Running> all;
    try (Standstill standstill = Standstill.of(database, Deeds.tablesOf(database, job.effects()))) {
      all = Several.begun(scene, Background.start(job), INSTANCES);
      var _ = standstill.awaitWaiting(1, STARTING);
      met(scene, standstill);
    }
    for (Running one : all) {
      Several.awaitUp(scene, one, job.process());
    }
    return wanted;
  }

  private static void met(Scene scene, Standstill standstill) throws InterruptedException {
    int waiting = standstill.awaitWaiting(INSTANCES, MEETING);
    scene.transcript().add("prover", waiting + " sessions stand before an effect; they may go on");
  }

  private static Chaos.Operation cause(Scene scene, Chaos.Background job) {
    return Deeds.named(scene.bench().manifest().chaos(), job.after().orElseThrow()).orElseThrow();
  }

  private static Set<String> caused(Scene scene, Running web, Chaos.Operation cause, int number)
      throws InterruptedException {
    Set<String> wanted = new TreeSet<>();
    for (int times = 0; times < number; times++) {
      Deeds.Done done = new Deeds(scene, web).done(cause);
      if (!done.exchange().succeeded()) {
        throw new BaselineMissing(
            "%s of `chaos` does not succeed: %s".formatted(cause.name(), done.exchange()));
      }
      wanted.add(done.identity());
    }
    return wanted;
  }

  private static Set<String> waiting(Database database, Chaos.Background job) {
    return job.waiting().map(query -> Deeds.effects(database, query).keySet()).orElse(Set.of());
  }

  private static Finding judged(
      Set<String> wanted, Map<String, Integer> effects, Chaos.Background job, Set<String> waiting) {
    Optional<Finding> twice = twice(job, effects);
    if (twice.isPresent()) {
      return twice.get();
    }
    List<String> missing = wanted.stream().filter(one -> !effects.containsKey(one)).toList();
    if (missing.isEmpty()) {
      return new Finding.Survived(
          "%d of %s, with %d instances of %s: one effect each"
              .formatted(wanted.size(), job.name(), INSTANCES, job.process()));
    }
    return missing.size() < wanted.size() && missing.stream().noneMatch(waiting::contains)
        ? new Finding.Broken(
            "%d of %s were to have one effect each, but %d have none after %d s and wait no more, for example that of %s"
                .formatted(
                    wanted.size(),
                    job.name(),
                    missing.size(),
                    LONGEST.toSeconds(),
                    missing.getFirst()))
        : new Finding.Undecided(
            Reason.UNREACHED,
            "%d of %d of %s have no effect after %d s; if it needs more than %s, a stand-in for another service with other answers for example, this cannot be seen"
                .formatted(
                    missing.size(), wanted.size(), job.name(), LONGEST.toSeconds(), job.process()));
  }

  private static Optional<Finding> twice(Chaos.Background what, Map<String, Integer> effects) {
    return effects.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .findFirst()
        .map(entry ->
            new Finding.Broken(
                "with %d instances of %s each of %s was to have one effect, but %s has %d"
                    .formatted(
                        INSTANCES, what.process(), what.name(), entry.getKey(), entry.getValue())));
  }

  /// Does each operation once, for a schedule may have to do with what there is.
  private static void fill(Scene scene) throws InterruptedException {
    Chaos chaos = scene.bench().manifest().chaos();
    Running web = scene.startReady(Start.of(scene.bench().subject().web().orElseThrow().name()));
    for (Chaos.Operation operation : chaos.operations()) {
      if (Deeds.isSimple(chaos, operation)) {
        var _ = new Deeds(scene, web).done(operation);
      }
    }
    web.process().close();
  }

  /// What has no effect meanwhile says nothing, as long as another one has.
  private static Finding ticked(Scene scene, List<Chaos.Background> schedules)
      throws InterruptedException {
    Database database = scene.database().orElseThrow();
    fill(scene);
    Set<String> started = new TreeSet<>();
    for (Chaos.Background schedule : schedules) {
      if (started.add(schedule.process())) {
        var _ = Several.of(scene, Background.start(schedule), INSTANCES);
      }
    }
    int ticks = scene.bench().choose(6, 3);
    Duration until = scene.transcript().elapsed().plus(LONGEST);
    boolean enough = false;
    while (!enough && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(POLL);
      enough =
          schedules.stream()
              .anyMatch(schedule -> Deeds.effects(database, schedule.effects()).size() >= ticks);
    }
    List<String> seen = new ArrayList<>();
    for (Chaos.Background schedule : schedules) {
      Map<String, Integer> effects = Deeds.effects(database, schedule.effects());
      Optional<Finding> twice = twice(schedule, effects);
      if (twice.isPresent()) {
        return twice.get();
      }
      seen.add("%s has %d effects, no two of one tick".formatted(schedule.name(), effects.size()));
    }
    return enough
        ? new Finding.Survived(
            "with %d instances: %s".formatted(INSTANCES, String.join("; ", seen)))
        : new Finding.Undecided(
            Reason.UNREACHED,
            "%d ticks were waited for in vain for %d s: %s; let `environment` of the schedule under `chaos.background` set it to every second or two"
                .formatted(ticks, LONGEST.toSeconds(), String.join("; ", seen)));
  }
}
