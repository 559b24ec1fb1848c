package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Volley;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// 08-1: of creates that are sent to three instances at once, all that were acknowledged are there
/// once, and none was answered with a 5xx.
///
/// Each create carries letters of its own in its body. Where the manifest describes under `chaos`
/// how effects are found, they are found so; otherwise every table is searched for the letters.
@AutoService(Rule.class)
public final class LosesNothingAcrossInstances implements Rule {
  private static final int INSTANCES = 3;
  private static final int AT_ONCE = 24;
  private static final int OUR_FAULT = 500;

  @Override
  public String requirement() {
    return "08-1";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    Applicability creates = Creation.antecedent(bench);
    if (!(creates instanceof Applicability.Applies)) {
      return creates;
    }
    if (bench.manifest().dependencies(Dependency.Postgres.class).isEmpty()) {
      return new Applicability.CannotTell(
          Reason.UNSUPPORTED,
          "the manifest declares no database, and nothing else shows what is there after creates at three instances");
    }
    return create(bench).isPresent()
        ? Applicability.applies()
        : new Applicability.CannotTell(
            Reason.NO_PROBE_OPERATION,
            "no sample makes something that can be told from the others; put {unique} into a text of its body");
  }

  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(LosesNothingAcrossInstances::together);
  }

  /// A create that can be told from others.
  private static Optional<Manifest.Sample> create(Bench bench) {
    return Creation.samples(bench).stream()
        .filter(sample -> sample.method().equals("POST") || sample.method().equals("PUT"))
        .filter(sample -> (sample.path() + sample.body().orElse("")).contains("{unique}"))
        .findFirst();
  }

  /// An operation whose effects the manifest finds, and that needs no other.
  private static Optional<Chaos.Operation> described(Bench bench) {
    return bench.manifest().chaos().operations().stream()
        .filter(operation -> operation.needs().isEmpty() && operation.when().isEmpty())
        .filter(operation -> operation.identity().equals("{unique}"))
        .findFirst();
  }

  /// One create.
  ///
  /// @param unique its letters
  private record Sent(String unique, Exchange exchange) {}

  private static Finding together(Scene scene) throws InterruptedException {
    Bench bench = scene.bench();
    List<Running> webs =
        Several.of(scene, Start.of(bench.subject().web().orElseThrow().name()), INSTANCES);
    Traces traces = traces(scene, webs.getFirst());
    List<Sent> all = new ArrayList<>();
    for (int round = 0; round < bench.choose(10, 3); round++) {
      List<Sent> sent = sent(scene, webs);
      List<Sent> failed =
          sent.stream()
              .filter(one -> one.exchange().status() < 0 || one.exchange().status() >= OUR_FAULT)
              .toList();
      if (!failed.isEmpty()) {
        return new Finding.Broken(
            "%d creates at once, at %d instances, were to be answered without a 5xx, but %d were not: %s"
                .formatted(sent.size(), INSTANCES, failed.size(), failed.getFirst().exchange()));
      }
      all.addAll(sent);
    }
    return judged(all, traces);
  }

  private static List<Sent> sent(Scene scene, List<Running> webs) throws InterruptedException {
    Manifest.Sample sample = template(scene.bench());
    List<String> uniques = IntStream.range(0, AT_ONCE).mapToObj(_ -> letters()).toList();
    List<Callable<Exchange>> requests = new ArrayList<>();
    for (int index = 0; index < AT_ONCE; index++) {
      var call = scene.call(sample.filled(uniques.get(index)));
      Running web = webs.get(index % webs.size());
      requests.add(() -> web.send(call));
    }
    List<Exchange> exchanges = Volley.send(requests);
    return IntStream.range(0, AT_ONCE)
        .mapToObj(index -> new Sent(uniques.get(index), exchanges.get(index)))
        .toList();
  }

  private static Manifest.Sample template(Bench bench) {
    return described(bench).map(Chaos.Operation::request).or(() -> create(bench)).orElseThrow();
  }

  private static String letters() {
    return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 15);
  }

  /// Where the traces of one create alone are found.
  private static Traces traces(Scene scene, Running web) throws InterruptedException {
    Database database = scene.database().orElseThrow();
    String unique = letters();
    Exchange alone = web.send(scene.call(template(scene.bench()).filled(unique)));
    if (!alone.succeeded()) {
      throw new BaselineMissing("a create does not succeed even alone: " + alone);
    }
    return Traces.of(database, described(scene.bench()).map(Chaos.Operation::effects), unique);
  }

  private static Finding judged(List<Sent> all, Traces traces) {
    List<String> uniques = all.stream().map(Sent::unique).toList();
    List<String> acked =
        all.stream().filter(one -> one.exchange().succeeded()).map(Sent::unique).toList();
    if (acked.size() * 2 < all.size()) {
      return new Finding.Undecided(
          Reason.UNREACHED,
          "only %d of %d creates at once succeeded, for example: %s"
              .formatted(acked.size(), all.size(), all.getFirst().exchange()));
    }
    Map<String, Map<String, Integer>> found = traces.find(uniques);
    Optional<String> twice =
        uniques.stream().flatMap(unique -> traces.whereMore(found, unique).stream()).findFirst();
    if (twice.isPresent()) {
      return new Finding.Broken(
          "each of %d creates at once, at %d instances, was to be there once, but %s"
              .formatted(all.size(), INSTANCES, twice.get()));
    }
    List<String> lost = acked.stream().filter(unique -> !traces.isFound(found, unique)).toList();
    return lost.isEmpty()
        ? new Finding.Survived(
            "of %d creates at once, at %d instances, %d were acknowledged; each of these is there once in %s"
                .formatted(all.size(), INSTANCES, acked.size(), traces))
        : new Finding.Broken(
            "%d creates were acknowledged and were to be there, but %d of them are not, for example that of %s in %s"
                .formatted(acked.size(), lost.size(), lost.getFirst(), traces));
  }
}
