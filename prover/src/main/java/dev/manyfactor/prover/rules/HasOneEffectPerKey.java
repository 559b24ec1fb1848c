package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Volley;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// 18-2: sixteen copies of a request at once, over two instances, have one effect.
///
/// The others get the answer of the one, or 409. How many rows one effect adds is measured first.
@AutoService(Rule.class)
public final class HasOneEffectPerKey implements Rule {
  private static final int COPIES = 16;
  private static final int CONFLICT = 409;

  @Override
  public String requirement() {
    return "18-2";
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
    return Creation.trials(bench, (scene, sample) -> race(scene, sample, bench.choose(20, 5)));
  }

  private static Finding race(Scene scene, Manifest.Sample sample, int rounds)
      throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    List<Running> webs =
        List.of(
            scene.startReady(Start.of(process).as(process + " A")),
            scene.startReady(Start.of(process).as(process + " B")));
    Optional<Map<String, Long>> one = Optional.empty();
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int round = 0; round <= rounds; round++) {
      Call call = scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
      Optional<Map<String, Long>> before = scene.database().map(Database::rows);
      List<Exchange> exchanges = together(call, webs, round == 0 ? 1 : COPIES);
      Exchange last = webs.getFirst().send(call);
      Optional<Map<String, Long>> gained =
          scene.database().map(data -> Creation.gained(before.orElseThrow(), data.rows()));
      if (round == 0 && !exchanges.getFirst().succeeded()) {
        return new Finding.Undecided(
            Reason.UNREACHED, "the sample does not succeed even alone: " + exchanges.getFirst());
      }
      one = one.or(() -> gained);
      Optional<Finding> wrong = judged(exchanges, last, one, gained);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      exchanges.forEach(exchange -> statuses.merge(exchange.status(), 1, Integer::sum));
    }
    if (one.isEmpty()) {
      return new Finding.Undecided(
          Reason.UNSUPPORTED,
          "the answers are fit, but without a database that the manifest declares nothing shows how"
              + " many effects there were over two instances");
    }
    return new Finding.Survived(
        "%d rounds of %d copies over two instances: one effect each; statuses %s"
            .formatted(rounds, COPIES, statuses));
  }

  private static Optional<Finding> judged(
      List<Exchange> exchanges,
      Exchange last,
      Optional<Map<String, Long>> one,
      Optional<Map<String, Long>> gained) {
    List<Exchange> strange =
        exchanges.stream()
            .filter(exchange -> !exchange.succeeded() && exchange.status() != CONFLICT)
            .toList();
    if (!strange.isEmpty()) {
      return Optional.of(
          new Finding.Broken(
              "%d of %d copies got neither the answer nor 409: %s"
                  .formatted(strange.size(), exchanges.size(), strange.getFirst())));
    }
    if (!gained.equals(one)) {
      return Optional.of(
          new Finding.Broken(
              "%d copies of one key added the rows %s, where one effect adds %s"
                  .formatted(exchanges.size(), gained.orElseThrow(), one.orElseThrow())));
    }
    Set<String> answers =
        exchanges.stream()
            .filter(Exchange::succeeded)
            .map(Exchange::body)
            .collect(Collectors.toSet());
    answers.add(last.body());
    return answers.size() == 1 && last.succeeded()
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "the copies of one key got %d different answers, the last of them %s: %s"
                    .formatted(
                        answers.size(),
                        last,
                        answers.stream().limit(3).collect(Collectors.joining(" | ")))));
  }

  /// Sends copies at one moment, alternating between the instances.
  private static List<Exchange> together(Call call, List<Running> webs, int copies)
      throws InterruptedException {
    return Volley.send(
        IntStream.range(0, copies)
            .mapToObj(copy -> webs.get(copy % webs.size()))
            .<Callable<Exchange>>map(web -> () -> web.send(call))
            .toList());
  }
}
