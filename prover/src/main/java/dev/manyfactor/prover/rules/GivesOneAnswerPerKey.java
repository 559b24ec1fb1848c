package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Manifest;
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
import java.util.UUID;

/// 18-1: a request that is sent again under its key gets the same answer, and there is one effect.
///
/// Every sample that changes something is tried, whatever it declares: it is sent with an
/// `Idempotency-Key` and then sent again, byte for byte. An operation that declares itself
/// `natural` or `safe` may give another answer, but must not have another effect.
@AutoService(Rule.class)
public final class GivesOneAnswerPerKey implements Rule {
  private static final int REPEATS = 2;

  @Override
  public String requirement() {
    return "18-1";
  }

  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Creation.antecedent(bench);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Creation.trials(bench, (scene, sample) -> repeat(scene, sample, bench.choose(5, 2)));
  }

  private static Finding repeat(Scene scene, Manifest.Sample sample, int keys)
      throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    Running web = scene.startReady(Start.of(process));
    for (int key = 0; key < keys; key++) {
      Call call = scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
      Exchange first = web.send(call);
      if (!first.succeeded()) {
        return new Finding.Undecided(
            Reason.UNREACHED, "the sample does not succeed even once: " + first);
      }
      Optional<Finding> wrong =
          again(scene, web, call, first, Creation.isKeyed(scene.bench(), sample));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    return new Finding.Survived(
        "%d keys, each sent %d times: one answer and one effect each".formatted(keys, 1 + REPEATS));
  }

  private static Optional<Finding> again(
      Scene scene, Running web, Call call, Exchange first, boolean keyed)
      throws InterruptedException {
    Map<String, String> before = Creation.state(scene, web);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      Exchange second = web.send(call);
      if (keyed && (second.status() != first.status() || !second.body().equals(first.body()))) {
        return Optional.of(
            new Finding.Broken(
                "the same key and body got %s first and %s then; the bodies are %s"
                    .formatted(
                        first,
                        second,
                        second.body().equals(first.body())
                            ? "equal"
                            : "\"%s\" and \"%s\"".formatted(first.body(), second.body()))));
      }
    }
    if (before.isEmpty()) {
      return Optional.of(
          new Finding.Undecided(
              Reason.NO_PROBE_OPERATION,
              "the answers are fit, but nothing shows how many effects there were; add a sample that reads what was made, for example `- request: GET /v1/notes`"));
    }
    Map<String, String> after = Creation.state(scene, web);
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "%s was sent %d times under one key and changed something each time: %s before the repeats, %s after them"
                    .formatted(call, 1 + REPEATS, before, after)));
  }
}
