package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.rules.StopDuringRequest.Ending;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// 09-6: SIGTERM during the start, or twice, ends the process within the time that is declared for
/// a stop.
///
/// When it is told during the start is a part of the time that the start took before anything was
/// done to the service, and 0.2 and 0.5 s; so one that does not listen yet, or no longer, is met.
@AutoService(Rule.class)
public final class EndsWheneverItIsTold implements Rule {
  private static final List<Integer> PERCENT = List.of(10, 25, 40, 55, 70, 90);
  private static final List<Integer> FEW_PERCENT = List.of(30, 60);
  private static final List<Integer> MILLIS = List.of(200, 500);
  private static final Duration BETWEEN = Duration.ofMillis(150);
  private static final int AT_ONCE = 3;

  @Override
  public String requirement() {
    return "09-6";
  }

  /// Most of each is waiting for the end.
  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = Reaction.inOrder(bench.subject());
    List<Trial> trials = new ArrayList<>();
    for (ProcessType type : types.subList(0, bench.choose(types.size(), 1))) {
      trials.add(new Trial(type.name() + " twice", scene -> twice(scene, type)));
      for (Duration moment : moments(bench)) {
        String name = "%s after %d ms".formatted(type.name(), moment.toMillis());
        trials.add(new Trial(name, scene -> starting(scene, type, moment)));
      }
    }
    return trials;
  }

  private static Finding starting(Scene scene, ProcessType type, Duration moment)
      throws InterruptedException {
    Running starting = scene.start(Start.of(type.name()));
    if (starting.process().awaitExit(moment)) {
      throw new BaselineMissing(
          "%s ended by itself within %d ms: %s"
              .formatted(type.name(), moment.toMillis(), LastWords.of(starting)));
    }
    Ending ending = ended(scene, starting, signal(scene, starting));
    return judged(
        ending, "%s got SIGTERM %d ms after its start".formatted(type.name(), moment.toMillis()));
  }

  private static Finding twice(Scene scene, ProcessType type) throws InterruptedException {
    Running running = scene.startReady(Start.of(type.name()));
    Duration signalled = signal(scene, running);
    Thread.sleep(BETWEEN);
    if (running.process().exitCode().isEmpty()) {
      var _ = signal(scene, running);
    }
    return judged(
        ended(scene, running, signalled),
        "%s got SIGTERM twice, with %d ms between".formatted(type.name(), BETWEEN.toMillis()));
  }

  private static Finding judged(Ending ending, String done) {
    return ending
        .wrong()
        .<Finding>map(wrong ->
            new Finding.Broken(
                "%s; all of it was to end within %d ms, but %s"
                    .formatted(done, ending.limit().toMillis(), wrong)))
        .orElseGet(() -> new Finding.Survived("%s, and %s".formatted(done, ending)));
  }

  private static List<Duration> moments(Bench bench) {
    long start = bench.seen().start().toMillis();
    return Stream.concat(
            (bench.fast() ? FEW_PERCENT : PERCENT).stream().map(percent -> start * percent / 100),
            bench.fast() ? Stream.of() : MILLIS.stream().map(Integer::longValue))
        .sorted()
        .map(Duration::ofMillis)
        .toList();
  }

  private static Duration signal(Scene scene, Running running) {
    scene.transcript().add("prover", "SIGTERM to " + running.label());
    Duration signalled = scene.transcript().elapsed();
    running.process().terminate();
    return signalled;
  }

  private static Ending ended(Scene scene, Running running, Duration signalled)
      throws InterruptedException {
    Duration limit = scene.bench().manifest().proving().deadlines().stop();
    Ending ending = Ending.of(running.process(), scene.transcript(), signalled, limit);
    scene.transcript().add(running.label(), ending.toString());
    return ending;
  }
}
