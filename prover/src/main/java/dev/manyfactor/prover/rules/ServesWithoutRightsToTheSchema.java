package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// 12-3: the service starts and answers as a role that may read and write rows and nothing else,
/// and does not even try to change the schema.
///
/// Whatever rights to the schema the migration gave to the serving role are taken from it first.
@AutoService(Rule.class)
public final class ServesWithoutRightsToTheSchema implements Rule {
  @Override
  public String requirement() {
    return "12-3";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.manifest().dependencies(Dependency.Postgres.class).isEmpty()
        ? new Applicability.DoesNotApply("the manifest declares no database")
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = new ArrayList<>(bench.manifest().programs().processes());
    bench
        .subject()
        .web()
        .ifPresent(web -> {
          types.remove(web);
          types.addFirst(web);
        });
    return types.stream()
        .limit(bench.choose(types.size(), 1))
        .map(type -> new Trial(type.name(), scene -> restricted(scene, type)))
        .toList();
  }

  private static Finding restricted(Scene scene, ProcessType type) throws InterruptedException {
    RestrictedRole role = RestrictedRole.of(scene.database().orElseThrow());
    scene.transcript().add("prover", "the serving role owns nothing now, and may create nothing");
    Running running = scene.start(Start.of(type.name()));
    Optional<String> refusal = Instance.whyNotUp(scene, type, running);
    int answered = 0;
    if (refusal.isEmpty() && Instance.isAsked(scene, type)) {
      Visitor visitor = new Visitor();
      for (Manifest.Sample sample : scene.bench().manifest().samples()) {
        Exchange exchange = visitor.send(running, scene.call(sample));
        if (!exchange.succeeded()) {
          refusal = Optional.of("answered " + exchange);
          break;
        }
        answered++;
      }
    }
    return judged(type, role.wanted(), refusal, answered);
  }

  private static Finding judged(
      ProcessType type, List<String> wanted, Optional<String> refusal, int answered) {
    if (!wanted.isEmpty()) {
      return new Finding.Broken(
          "%s, as a role that may only read and write rows, was to leave the schema alone, but it sent: %s%s"
              .formatted(
                  type.name(),
                  LastWords.shortened(wanted.getFirst().strip()),
                  refusal.map(why -> "; it " + why).orElse("")));
    }
    return refusal
        .<Finding>map(why ->
            why.toLowerCase(java.util.Locale.ROOT).contains("permission denied")
                    || why.startsWith("answered ")
                ? new Finding.Broken(
                    "%s worked as the role of the release, and as one that may only read and write rows it %s"
                        .formatted(type.name(), why))
                : new Finding.Undecided(
                    Reason.UNREACHED,
                    "%s %s, and nothing says that a right was missing".formatted(type.name(), why)))
        .orElseGet(() ->
            new Finding.Survived(
                "%s became ready%s as a role that may only read and write rows; nothing of the schema was to be changed"
                    .formatted(
                        type.name(),
                        answered == 0 ? "" : " and answered %d samples".formatted(answered))));
  }
}
