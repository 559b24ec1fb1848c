package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// 04-4: a dependency that is absent at the start is named in an exit, or waited for unready.
///
/// It is refused until the service has had twice the time in which it usually becomes ready, and
/// then comes back. One that the manifest declares `required: false` must not be waited for.
@AutoService(Rule.class)
public final class WaitsForWhatItNeeds implements Rule {
  private static final Duration LONGER = Duration.ofMillis(1500);

  @Override
  public String requirement() {
    return "04-4";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE);
  }

  @Override
  public boolean waitsLong() {
    return true;
  }

  @Override
  public int atOnce() {
    return 2;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.manifest().dependencies().isEmpty()
        ? new Applicability.DoesNotApply(
            "no dependency is declared, and its %d samples were answered without one"
                .formatted(bench.seen().answered().size()))
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return bench.manifest().dependencies().stream()
        .map(dependency ->
            new Trial(
                "without " + dependency.name(),
                scene ->
                    dependency.required()
                        ? absent(scene, link(scene, dependency))
                        : unneeded(scene, link(scene, dependency))))
        .toList();
  }

  private static Link link(Scene scene, Dependency dependency) {
    return scene.links().stream()
        .filter(link -> link.dependency().equals(dependency))
        .findFirst()
        .orElseThrow();
  }

  private static Running start(Scene scene, Link link) throws InterruptedException {
    scene.holds(
        Control.BASELINE,
        "with everything there it was ready within %d ms"
            .formatted(scene.bench().seen().start().toMillis()));
    link.behave(new Behaviour.Refuse());
    return scene.start(Start.of(asked(scene).name()));
  }

  private static ProcessType asked(Scene scene) {
    return scene
        .bench()
        .subject()
        .web()
        .orElseGet(() -> scene.bench().manifest().programs().processes().getFirst());
  }

  private static Finding absent(Scene scene, Link link) throws InterruptedException {
    String name = link.dependency().name();
    Running running = start(scene, link);
    Duration absence = scene.bench().seen().start().multipliedBy(2).plus(LONGER);
    switch (running.awaitReady(absence)) {
      case Readiness.Exited(var code, var after, var words) -> {
        return exited(link.dependency(), code, after, words);
      }
      case Readiness.Ready _ when Settled.isUnknowable(asked(scene)) -> {
        return new Finding.Undecided(
            Reason.UNSUPPORTED,
            "it goes on without %s, and nothing tells whether it is ready then; give it a `readiness` in the manifest, for example `readiness: /readyz`"
                .formatted(name));
      }
      case Readiness.Ready(var after) -> {
        return new Finding.Broken(
            "it said that it was ready after %d ms while %s refused every connection"
                .formatted(after.toMillis(), name));
      }
      case Readiness.NotReady _ -> {}
    }
    link.behave(new Behaviour.Pass());
    Duration recovery = scene.bench().manifest().proving().deadlines().recovery();
    return switch (running.awaitReady(absence.plus(recovery))) {
      case Readiness.Ready(var after) ->
          new Finding.Survived(
              "unready while %s refused for %d ms, ready %d ms after its start"
                  .formatted(name, absence.toMillis(), after.toMillis()));
      case Readiness.Exited(var code, var after, var words) ->
          exited(link.dependency(), code, after, words);
      case Readiness.NotReady(_, var answer) ->
          new Finding.Broken(
              "%s was back, but %d s later it was still not ready: %s"
                  .formatted(name, recovery.toSeconds(), answer));
    };
  }

  private static Finding exited(Dependency dependency, int code, Duration after, String words) {
    boolean named =
        names(dependency).stream().anyMatch(name -> words.toLowerCase(Locale.ROOT).contains(name));
    return code != 0 && named
        ? new Finding.Survived(
            "without %s it ended with exit code %d after %d ms and named it: %s"
                .formatted(dependency.name(), code, after.toMillis(), words))
        : new Finding.Broken(
            "without %s it ended with exit code %d after %d ms; expected is another code than 0 and a message that names %s, but it says: %s"
                .formatted(dependency.name(), code, after.toMillis(), names(dependency), words));
  }

  /// What a message may call it.
  private static List<String> names(Dependency dependency) {
    return switch (dependency) {
      case Dependency.Postgres postgres ->
          List.of(
              postgres.variable().toLowerCase(Locale.ROOT),
              "postgres",
              postgres.name(),
              "database");
      case Dependency.Oidc oidc -> List.of("oidc_issuer", "issuer", oidc.name());
      case Dependency.Service service ->
          List.of(service.variable().toLowerCase(Locale.ROOT), service.name());
    };
  }

  private static Finding unneeded(Scene scene, Link link) throws InterruptedException {
    String name = link.dependency().name();
    Running running = start(scene, link);
    Duration patience = scene.bench().manifest().proving().deadlines().ready().multipliedBy(2);
    if (!(running.awaitReady(patience) instanceof Readiness.Ready(var after))) {
      return new Finding.Broken(
          "%s is declared `required: false`, but without it the service does not become ready"
              .formatted(name));
    }
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Exchange exchange = running.send(scene.call(sample));
      if (!exchange.succeeded()) {
        return new Finding.Broken(
            "%s is declared `required: false`, but without it %s".formatted(name, exchange));
      }
    }
    return new Finding.Survived(
        "%s is not required: ready after %d ms without it, and its samples succeed"
            .formatted(name, after.toMillis()));
  }
}
