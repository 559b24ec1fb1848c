package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// 18-6: a key that somebody else has used is as good as new, and a request without the key that
/// its operation requires is answered 400.
@AutoService(Rule.class)
public final class KeepsKeysOfCallersApart implements Rule {
  private static final int BAD_REQUEST = 400;

  @Override
  public String requirement() {
    return "18-6";
  }

  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    Applicability repeatable = Creation.antecedent(bench);
    if (!(repeatable instanceof Applicability.Applies) || !samples(bench).isEmpty()) {
      return repeatable;
    }
    return new Applicability.DoesNotApply(
        Creation.samples(bench).stream().noneMatch(sample -> takesKey(bench, sample))
            ? "no sample that changes something takes a key, by what it and the contract declare"
            : "the contract requires no key of a sample, and none asks who sends it");
  }

  /// Those of which something can be asked.
  private static List<Manifest.Sample> samples(Bench bench) {
    return Creation.samples(bench).stream()
        .filter(sample -> takesKey(bench, sample))
        .filter(sample -> requiresKey(bench, sample) || asksWho(bench, sample))
        .toList();
  }

  private static boolean takesKey(Bench bench, Manifest.Sample sample) {
    return Creation.declared(bench, sample).filter("key"::equals).isPresent();
  }

  private static boolean requiresKey(Bench bench, Manifest.Sample sample) {
    return Creation.operation(bench, sample).filter(Outline.Operation::requiresKey).isPresent();
  }

  private static boolean asksWho(Bench bench, Manifest.Sample sample) {
    return !bench.manifest().dependencies(Dependency.Oidc.class).isEmpty()
        && Creation.operation(bench, sample).filter(Outline.Operation::isPublic).isEmpty();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Creation.trials(samples(bench), KeepsKeysOfCallersApart::ask);
  }

  private static Finding ask(Scene scene, Manifest.Sample sample) throws InterruptedException {
    Running web = scene.startReady(Start.of(scene.bench().subject().web().orElseThrow().name()));
    Call first = scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
    Exchange made = web.send(first);
    if (!made.succeeded()) {
      return new Finding.Undecided(
          Reason.UNREACHED, "the sample does not succeed even once: " + made);
    }
    String seen = "";
    if (asksWho(scene.bench(), sample)) {
      Optional<Stranger> stranger = Stranger.in(scene, sample, web);
      if (stranger.isEmpty()) {
        return Stranger.none(first);
      }
      scene.holds(Control.BASELINE, stranger.get().toString());
      Optional<Finding> wrong = stranger.get().borrowing(first, made);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      seen =
          "%s can use the key of another caller as if it were new".formatted(stranger.get().who());
    } else {
      scene.holds(Control.BASELINE, "with a key, " + made);
    }
    return requiresKey(scene.bench(), sample)
        ? withoutKey(scene, sample, web, seen)
        : new Finding.Survived(seen);
  }

  private static Finding withoutKey(Scene scene, Manifest.Sample sample, Running web, String seen)
      throws InterruptedException {
    Holdings holdings = new Holdings(scene, web, Optional.empty());
    Map<String, String> before = holdings.now();
    Exchange exchange = web.send(scene.call(sample).without(Creation.KEY));
    if (exchange.status() != BAD_REQUEST) {
      return exchange.status() < 0
          ? new Finding.Undecided(
              Reason.UNREACHED, "without a key there was no answer: " + exchange)
          : new Finding.Broken(
              "the contract requires an Idempotency-Key, so without one 400 was expected, but: %s"
                  .formatted(exchange));
    }
    return holdings
        .changedSince(
            before, "without an Idempotency-Key it was refused (%s), but".formatted(exchange))
        .orElseGet(() ->
            new Finding.Survived(
                "%sand without a key the answer is 400"
                    .formatted(seen.isEmpty() ? "" : seen + ", ")
                    .replaceFirst("^and ", "")));
  }
}
