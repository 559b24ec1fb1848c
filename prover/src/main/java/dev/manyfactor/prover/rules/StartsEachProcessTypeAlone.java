package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// 08-3: each process type starts where no process of any other type runs.
///
/// The one that serves has done so before anything was done to the service; it is started once more
/// when there is time, and so is a third type. One that cannot be asked has to live on for longer
/// than it usually takes to give up waiting for somebody.
@AutoService(Rule.class)
public final class StartsEachProcessTypeAlone implements Rule {
  private static final Duration GIVING_UP = Duration.ofSeconds(6);

  @Override
  public String requirement() {
    return "08-3";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    List<ProcessType> types = bench.manifest().programs().processes();
    return types.size() < 2
        ? new Applicability.DoesNotApply(
            "the manifest has one process type, %s".formatted(types.getFirst().name()))
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = new ArrayList<>(bench.manifest().programs().processes());
    if (bench.fast()) {
      types.remove(bench.subject().web().orElseGet(types::getFirst));
    }
    return types.stream()
        .limit(bench.choose(types.size(), 1))
        .map(type -> new Trial(type.name() + " alone", scene -> alone(scene, type)))
        .toList();
  }

  @Override
  public int atOnce() {
    return 2;
  }

  @Override
  public boolean waitsLong() {
    return true;
  }

  private static Finding alone(Scene scene, ProcessType type) throws InterruptedException {
    Running running = scene.start(Start.of(type.name()));
    if (Settled.isUnknowable(type)) {
      var _ = running.process().awaitExit(GIVING_UP);
    }
    Optional<String> refusal = Instance.whyNotUp(scene, type, running);
    return refusal
        .<Finding>map(why ->
            new Finding.Broken(
                "%s was to start where no other process of the service runs, but it %s"
                    .formatted(type.name(), why)))
        .orElseGet(
            () -> new Finding.Survived("%s is up where nothing else runs".formatted(type.name())));
  }
}
