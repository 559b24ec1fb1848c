package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Transcript;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// 09-3: readiness turns away before the listener closes, and nobody who was let in is reset.
///
/// About fifty requests a second arrive during the stop, each on a connection of its own, and as
/// many questions whether it is ready. What [Drain] makes of them is the verdict; where nothing but
/// the port tells that a process is ready, only the resets can be judged.
@AutoService(Rule.class)
public final class TurnsAwayBeforeItCloses implements Rule {
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration SLOWEST_PACE = Duration.ofMillis(500);
  private static final Duration LONGEST_WARMING = Duration.ofSeconds(10);
  private static final int WARM = 10;
  private static final int WARM_UPS = 5;
  private static final Duration AFTERWARDS = Duration.ofMillis(200);

  @Override
  public String requirement() {
    return "09-3";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE, Control.REACHED);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.subject().web().isPresent()
        ? Applicability.applies()
        : new Applicability.DoesNotApply("no process type of the manifest serves");
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.repeated(bench.choose(3, 1), TurnsAwayBeforeItCloses::stop);
  }

  private static Finding stop(Scene scene) throws InterruptedException {
    ProcessType type = scene.bench().subject().web().orElseThrow();
    Transcript clock = scene.transcript();
    Running web = scene.startReady(Start.of(type.name()));
    Duration pace = pace(scene, web);
    SteadyRequests load = SteadyRequests.begin(clock, pace, request(scene, web));
    SteadyRequests asked =
        question(web, type)
            .map(question -> SteadyRequests.begin(clock, PACE, question))
            .orElseGet(() -> SteadyRequests.none(clock));
    Duration stopped;
    try (load;
        asked) {
      warm(clock, load);
      Optional<String> wrong = Drain.whyNot(load.sent(), asked.sent());
      if (wrong.isPresent()) {
        return new Finding.Undecided(Reason.UNREACHED, wrong.get());
      }
      scene.holds(Control.BASELINE, load.sent().size() + " requests before the stop were answered");
      stopped = stopped(scene, web, pace);
      awaitClosing(scene, load, stopped);
    }
    Drain drain = new Drain(stopped, load.sent(), asked.sent());
    drain.tell(clock);
    return drain.finding();
  }

  /// Sends the signal, and says when that was.
  private static Duration stopped(Scene scene, Running web, Duration pace) {
    scene.holds(
        Control.REACHED, "requests came every %d ms when SIGTERM did".formatted(pace.toMillis()));
    scene.transcript().add("prover", "SIGTERM to " + web.label());
    Duration stopped = scene.transcript().elapsed();
    web.process().terminate();
    return stopped;
  }

  /// A read of a sample; without one whatever makes something, or the front page.
  private static Call call(Scene scene) {
    return scene
        .bench()
        .subject()
        .read()
        .or(() -> scene.bench().manifest().samples().stream().findFirst())
        .map(scene::call)
        .orElseGet(() -> Call.get("/"));
  }

  private static Callable<Exchange> request(Scene scene, Running web) {
    Duration patience =
        scene.bench().manifest().proving().deadlines().response().multipliedBy(3).dividedBy(2);
    return () -> web.sendUnrecorded(call(scene), patience);
  }

  /// Asks whether it is ready; empty if nothing but its port tells.
  private static Optional<Callable<Exchange>> question(Running web, ProcessType type) {
    Duration patience = Duration.ofSeconds(2);
    return switch (type.readiness()) {
      case ProcessType.Readiness.Management() ->
          Optional.of(() -> web.askUnrecorded(Call.get("/readyz"), patience));
      case ProcessType.Readiness.Answer(var path) ->
          Optional.of(() -> web.sendUnrecorded(Call.get(path), patience));
      case ProcessType.Readiness.Port(), ProcessType.Readiness.None() -> Optional.empty();
    };
  }

  /// Slower for a service that takes long for one request, for it may take one at a time.
  private static Duration pace(Scene scene, Running web) throws InterruptedException {
    List<Duration> samples = new ArrayList<>();
    for (int time = 0; time < WARM_UPS; time++) {
      samples.add(web.send(call(scene)).took());
    }
    Duration twice = new Measured(samples).least().multipliedBy(2);
    if (twice.compareTo(PACE) < 0) {
      return PACE;
    }
    return twice.compareTo(SLOWEST_PACE) < 0 ? twice : SLOWEST_PACE;
  }

  /// Waits until some requests have been answered.
  private static void warm(Transcript clock, SteadyRequests load) throws InterruptedException {
    Duration until = clock.elapsed().plus(LONGEST_WARMING);
    while (load.sent().size() < WARM && clock.elapsed().compareTo(until) < 0) {
      Thread.sleep(PACE);
    }
  }

  private static void awaitClosing(Scene scene, SteadyRequests load, Duration stopped)
      throws InterruptedException {
    Duration until = stopped.plus(scene.bench().manifest().proving().deadlines().stop());
    while (!load.isRefused() && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(PACE);
    }
    Thread.sleep(AFTERWARDS);
  }
}
