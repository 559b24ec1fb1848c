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
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// 15-1: every operation of the contract that is not declared public answers 401 without a token.
///
/// One start serves them all. A 404 counts only where it is the same for what exists and what does
/// not, so that it tells a stranger nothing.
@AutoService(Rule.class)
public final class AsksEveryoneForAToken implements Rule {
  private static final String NOBODYS = "00000000-0000-4000-8000-000000000000";
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  @Override
  public String requirement() {
    return "15-1";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE);
  }

  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.subject().web().isEmpty()) {
      return new Applicability.DoesNotApply("no process type of the manifest serves requests");
    }
    if (bench.subject().operations().isEmpty()) {
      return new Applicability.CannotTell(
          Reason.UNSUPPORTED,
          "nothing says which operations are public; name the OpenAPI document with `contract:` in"
              + " the manifest");
    }
    List<Outline.Operation> all = bench.subject().operations().get().operations();
    return guarded(bench).isEmpty()
        ? new Applicability.DoesNotApply(
            "each of the %d operations of the contract declares that it asks for no token"
                .formatted(all.size()))
        : Applicability.applies();
  }

  private static List<Outline.Operation> guarded(Bench bench) {
    return bench.subject().operations().stream()
        .flatMap(outline -> outline.operations().stream())
        .filter(operation -> !operation.isPublic())
        .toList();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(AsksEveryoneForAToken::askWithoutToken);
  }

  private static Finding askWithoutToken(Scene scene) throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    Running web = scene.startReady(Start.of(process));
    noteBaseline(scene, web);
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    List<Outline.Operation> guarded = guarded(scene.bench());
    for (Outline.Operation operation : guarded) {
      Exchange exchange = web.send(withoutToken(operation));
      if (exchange.status() == NOT_FOUND && tellsNothing(scene, web, operation, exchange)) {
        continue;
      }
      if (exchange.status() < 0) {
        return new Finding.Undecided(
            Reason.UNREACHED, "called without a token there was no answer: " + exchange);
      }
      if (exchange.status() == UNAUTHORIZED) {
        refused++;
      } else {
        wrong.add(exchange.toString());
      }
    }
    return wrong.isEmpty()
        ? new Finding.Survived(
            "%d operations were called without a token: %d answered 401, %d the same 404 for what exists and what does not"
                .formatted(guarded.size(), refused, guarded.size() - refused))
        : new Finding.Broken(
            "called without a token, %d of %d operations do not answer 401: %s"
                .formatted(wrong.size(), guarded.size(), String.join("; ", wrong)));
  }

  /// With a token the same service answers: or it would refuse everybody, which proves nothing.
  private static void noteBaseline(Scene scene, Running web) throws InterruptedException {
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Call call = scene.call(sample);
      if (call.headers().containsKey("Authorization")) {
        Exchange exchange = web.send(call);
        if (exchange.succeeded()) {
          scene.holds(Control.BASELINE, "with a token, " + exchange);
          return;
        }
      }
    }
  }

  private static Call withoutToken(Outline.Operation operation) {
    boolean hasBody = Set.of("POST", "PUT", "PATCH").contains(operation.method());
    return new Call(
        operation.method(),
        operation.path().replaceAll("\\{[^}]*}", NOBODYS),
        Map.of("Idempotency-Key", NOBODYS, "Accept", "application/json"),
        hasBody ? Optional.of("{}") : Optional.empty());
  }

  /// Whether what exists gets the same answer, its own path apart.
  private static boolean tellsNothing(
      Scene scene, Running web, Outline.Operation operation, Exchange missing)
      throws InterruptedException {
    Optional<Manifest.Sample> create = scene.bench().subject().create();
    if (create.isEmpty() || !operation.path().contains("{")) {
      return false;
    }
    Exchange made = web.send(scene.call(create.get()));
    Optional<Call> read = scene.readOf(create.get(), made);
    if (read.isEmpty() || !fits(operation.path(), read.get().path())) {
      return false;
    }
    Exchange existing =
        web.send(
            new Call(
                operation.method(),
                read.get().path(),
                withoutToken(operation).headers(),
                withoutToken(operation).body()));
    return existing.status() == missing.status()
        && existing
            .body()
            .replace(read.get().path(), "")
            .equals(missing.body().replace(missing.call().path(), ""));
  }

  private static boolean fits(String template, String path) {
    return path.matches(
        java.util.regex.Pattern.compile("\\{[^}]*}").matcher(template).replaceAll("[^/?]+"));
  }
}
