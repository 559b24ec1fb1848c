package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Readiness;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/// 03-1: it starts with only the declared variables.
///
/// One process of each type gets the required variables, those of its dependencies, and what every
/// process gets; an optional variable is not set, even where the manifest has a value for trying it
/// out. A process that does not start then may be broken in any way, so [MissingVariable] looks for
/// a variable that it asks for, and sets it; only if that makes a difference is it a
/// counter-example.
@AutoService(Rule.class)
public final class StartsWithDeclaredVariables implements Rule {
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

  @Override
  public String requirement() {
    return "03-1";
  }

  @Override
  public boolean needsBaseline() {
    return false;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(this::startEachType);
  }

  private Finding startEachType(Scene scene) throws InterruptedException {
    List<ProcessType> types = Reaction.inOrder(scene.bench().subject());
    List<Running> started = new ArrayList<>();
    for (ProcessType type : types) {
      started.add(scene.start(bare(type, scene.bench())));
    }
    List<String> seen = new ArrayList<>();
    for (int index = 0; index < types.size(); index++) {
      Running running = started.get(index);
      Readiness readiness = readiness(types.get(index), running, scene.bench());
      if (!(readiness instanceof Readiness.Ready(var after))) {
        return notReady(scene, types.get(index), running, readiness);
      }
      seen.add("%s after %d ms".formatted(running.label(), after.toMillis()));
    }
    return new Finding.Survived(
        "ready: %s; set were %s".formatted(String.join(", ", seen), given(scene, started)));
  }

  /// Without what is declared as optional.
  private static Start bare(ProcessType type, Bench bench) {
    Start start = Start.of(type.name());
    Set<String> tried = bench.manifest().environment().keySet();
    for (Variable variable : bench.subject().variables()) {
      if (!variable.required() && tried.contains(variable.name())) {
        start = start.without(variable.name());
      }
    }
    return start;
  }

  private static Readiness readiness(ProcessType type, Running running, Bench bench)
      throws InterruptedException {
    Duration patience = bench.manifest().proving().deadlines().ready().multipliedBy(3);
    return Settled.of(
        type, running, patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience);
  }

  private static Finding notReady(
      Scene scene, ProcessType type, Running running, Readiness readiness)
      throws InterruptedException {
    String did =
        switch (readiness) {
          case Readiness.Ready _ -> "became ready";
          case Readiness.Exited(var code, _, var words) ->
              "ended with exit code %d: %s".formatted(code, words);
          case Readiness.NotReady(var after, var answer) ->
              "was not ready after %d s: %s".formatted(after.toSeconds(), answer);
        };
    Optional<String> missing =
        new MissingVariable(scene, type, bare(type, scene.bench()))
            .askedFor(Said.by(running, readiness));
    return missing.isPresent()
        ? new Finding.Broken(
            "%s, started with only the declared variables, was expected to become ready, but %s; %s"
                .formatted(type.name(), did, missing.get()))
        : new Finding.Undecided(
            Reason.UNREACHED,
            "%s %s; nothing it says is an undeclared variable that makes a difference, so make it start first, by `mf run` for example"
                .formatted(type.name(), did));
  }

  private static String given(Scene scene, List<Running> started) {
    Set<String> declared = new TreeSet<>();
    Set<String> granted = new TreeSet<>();
    for (Running running : started) {
      for (String name : running.process().environment().keySet()) {
        (scene.grants().contains(name) ? granted : declared).add(name);
      }
    }
    return "%s, and for every process %s".formatted(words(declared), words(granted));
  }

  private static String words(Set<String> names) {
    return names.isEmpty() ? "no variables" : names.stream().collect(Collectors.joining(", "));
  }
}
