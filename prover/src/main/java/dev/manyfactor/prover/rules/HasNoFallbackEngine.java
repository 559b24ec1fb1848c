package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.NotConcerned;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// 10-1: without the address of its database it refuses to work, instead of using another engine.
///
/// To start nevertheless is not yet to have another engine. It is one if a request succeeds that
/// talks to the database otherwise, or if a database file is open that is not open otherwise.
@AutoService(Rule.class)
public final class HasNoFallbackEngine implements Rule {
  @Override
  public String requirement() {
    return "10-1";
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<Dependency.Postgres> databases = bench.manifest().dependencies(Dependency.Postgres.class);
    return databases.isEmpty()
        ? Trial.once(HasNoFallbackEngine::nobodyHasADatabase)
        : databases.stream()
            .map(database ->
                new Trial(
                    "without " + database.variable(),
                    scene -> withoutIt(database.variable(), scene)))
            .toList();
  }

  private static Finding withoutIt(String variable, Scene scene) throws InterruptedException {
    List<ProcessType> types = Reaction.inOrder(scene.bench().subject());
    List<Running> started = new ArrayList<>();
    for (ProcessType type : types) {
      started.add(scene.start(Start.of(type.name()).without(variable)));
    }
    List<String> seen = new ArrayList<>();
    for (int index = 0; index < types.size(); index++) {
      Finding finding = finding(types.get(index), started.get(index), variable, scene);
      if (!(finding instanceof Finding.Survived(var text))) {
        return finding;
      }
      seen.add(text);
    }
    return new Finding.Survived("without %s: %s".formatted(variable, String.join("; ", seen)));
  }

  private static Finding finding(ProcessType type, Running running, String variable, Scene scene)
      throws InterruptedException {
    Duration ready = scene.bench().manifest().proving().deadlines().ready();
    Readiness readiness = Settled.of(type, running, ready.multipliedBy(3).dividedBy(2));
    Set<String> files = DatabaseFiles.openIn(running);
    return switch (readiness) {
      case Readiness.Exited(var code, var after, var words) ->
          new Finding.Survived(
              "%s ended with exit code %d after %d ms: %s"
                  .formatted(running.label(), code, after.toMillis(), words));
      case Readiness.NotReady(var after, _) when files.isEmpty() ->
          new Finding.Survived(
              "%s was not ready after %d s and held no database file open"
                  .formatted(running.label(), after.toSeconds()));
      case Readiness.NotReady _, Readiness.Ready _ ->
          new Fallback(scene, running, variable).finding(files);
    };
  }

  /// What does nothing opens no file either.
  private static void requireAtWork(Scene scene, Running running) throws InterruptedException {
    Duration ready = scene.bench().manifest().proving().deadlines().ready();
    if (!(running.awaitReady(ready.multipliedBy(3)) instanceof Readiness.Ready)) {
      throw new BaselineMissing(running.label() + " does not become ready");
    }
    if (running.port() == 0) {
      return;
    }
    Visitor visitor = new Visitor(); // a sample may need what another one was given
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Exchange answer = visitor.send(running, scene.call(sample));
      if (!answer.succeeded() && isFirst(scene, running)) {
        throw new BaselineMissing("a sample does not succeed: " + answer);
      }
    }
  }

  /// Samples are made for the first process type that serves.
  private static boolean isFirst(Scene scene, Running running) {
    return scene
        .bench()
        .subject()
        .web()
        .filter(type -> type.name().equals(running.label()))
        .isPresent();
  }

  private static Finding nobodyHasADatabase(Scene scene) throws InterruptedException {
    List<Running> started = new ArrayList<>();
    for (ProcessType type : Reaction.inOrder(scene.bench().subject())) {
      started.add(scene.start(Start.of(type.name())));
    }
    for (Running running : started) {
      requireAtWork(scene, running);
    }
    for (Running running : started) {
      Optional<String> file = DatabaseFiles.openIn(running).stream().findFirst();
      if (file.isPresent()) {
        return new Finding.Undecided(
            Reason.UNSUPPORTED,
            "%s holds the database file %s open, but the manifest declares no database whose address could be left out; declare it under `dependencies`"
                .formatted(running.label(), file.get()));
      }
    }
    throw new NotConcerned(
        "the manifest declares no database, and no process of it held a database file open when it had been ready and answered every sample");
  }
}
