package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
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

/// 18-3: a key that comes with another body is refused with 422, and nothing happens.
///
/// That the other body is good in itself is seen first: the service takes one like it under a key
/// of its own. So a refusal is one of the key.
@AutoService(Rule.class)
public final class RefusesAnotherBodyUnderAKey implements Rule {
  private static final int UNPROCESSABLE = 422;
  private static final Set<Integer> IF_DOCUMENTED = Set.of(400, 409);

  @Override
  public String requirement() {
    return "18-3";
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
        "each sample that changes something has no body, or declares itself natural or safe: %s"
            .formatted(
                String.join(
                    ", ", Creation.samples(bench).stream().map(Manifest.Sample::path).toList())));
  }

  private static List<Manifest.Sample> samples(Bench bench) {
    return Creation.keyed(bench).stream().filter(sample -> sample.body().isPresent()).toList();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Creation.trials(
        samples(bench), (scene, sample) -> reuse(scene, sample, bench.choose(5, 2)));
  }

  private static Finding reuse(Scene scene, Manifest.Sample sample, int keys)
      throws InterruptedException {
    Running web = scene.startReady(Start.of(scene.bench().subject().web().orElseThrow().name()));
    String status = "";
    for (int key = 0; key < keys; key++) {
      Call first = scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
      Exchange made = web.send(first);
      if (!made.succeeded()) {
        return new Finding.Undecided(
            Reason.UNREACHED, "the sample does not succeed even once: " + made);
      }
      Optional<OtherBody> other = OtherBody.beside(first, scene, sample, web);
      if (other.isEmpty()) {
        return new Finding.Undecided(
            Reason.NO_PROBE_OPERATION,
            "the service takes no other body in place of that of %s, under a key of its own; put {unique} into the sample's body"
                .formatted(first));
      }
      scene.holds(
          Control.BASELINE, "another body is taken under a key of its own: " + other.get().taken());
      Holdings holdings = new Holdings(scene, web, scene.readOf(sample, made));
      Map<String, String> before = holdings.now();
      Exchange second = web.send(other.get().call());
      Optional<Finding> wrong = judged(scene, sample, made, second);
      if (wrong.isEmpty()) {
        wrong =
            before.isEmpty() ? Optional.of(Holdings.unseen()) : effect(holdings, before, second);
      }
      if (wrong.isPresent()) {
        return wrong.get();
      }
      status = String.valueOf(second.status());
    }
    return new Finding.Survived(
        "%d keys came again with another body: %s, and no effect".formatted(keys, status));
  }

  private static Optional<Finding> effect(
      Holdings holdings, Map<String, String> before, Exchange second) throws InterruptedException {
    return holdings.changedSince(
        before, "another body under a key that was used was refused (%s), but".formatted(second));
  }

  private static Optional<Finding> judged(
      Scene scene, Manifest.Sample sample, Exchange first, Exchange second) {
    if (second.status() == UNPROCESSABLE || isDocumented(scene.bench(), sample, second.status())) {
      return Optional.empty();
    }
    if (second.status() < 0) {
      return Optional.of(
          new Finding.Undecided(
              Reason.UNREACHED, "another body under a key that was used got no answer: " + second));
    }
    if (IF_DOCUMENTED.contains(second.status()) && scene.bench().subject().operations().isEmpty()) {
      return Optional.of(
          new Finding.Undecided(
              Reason.UNSUPPORTED,
              "another body under a key that was used is refused (%s) with another status than 422, which is fit if it is documented, but there is no contract; name it with `contract:` in the manifest"
                  .formatted(second)));
    }
    return Optional.of(
        new Finding.Broken(
            "another body under the key of %s was to be refused with 422, but: %s%s"
                .formatted(
                    first,
                    second,
                    second.succeeded() && second.body().equals(first.body())
                        ? ", which is the answer to the first body"
                        : "")));
  }

  private static boolean isDocumented(Bench bench, Manifest.Sample sample, int status) {
    return IF_DOCUMENTED.contains(status)
        && Creation.operation(bench, sample)
            .filter(operation -> operation.responses().contains(String.valueOf(status)))
            .isPresent();
  }
}
