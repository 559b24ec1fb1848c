package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.standin.Mutant;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Volley;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// 17-1: whatever a dependency does not do, a request is answered within the declared deadline.
///
/// Each dependency that the samples reach hangs in two ways: on connections that are open and on
/// new ones, which are accepted and never answered; and in the connect phase itself. An issuer is
/// rarely asked while requests are served, so a token of an unknown key gives it cause.
@AutoService(Rule.class)
public final class AnswersWhileADependencyHangs implements Rule {
  private static final int BAND = 4; // a quarter of the deadline beyond it is noise
  private static final Duration POLL = Duration.ofMillis(100);

  @Override
  public String requirement() {
    return "17-1";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE, Control.REACHED, Control.RECOVERED);
  }

  @Override
  public int atOnce() {
    return 4; // nearly all of it is waiting
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.subject().web().isEmpty()) {
      return new Applicability.DoesNotApply("no process type of the manifest serves requests");
    }
    if (bench.manifest().samples().isEmpty()) {
      return new Applicability.CannotTell(
          Reason.NO_PROBE_OPERATION,
          "no sample could show a wait; add one to the manifest, for example `- request: GET /v1/notes`");
    }
    return bench.seen().reached().isEmpty()
        ? new Applicability.DoesNotApply(
            "of its %d declared dependencies none was connected to while its %d samples were answered"
                .formatted(bench.manifest().dependencies().size(), bench.seen().answered().size()))
        : Applicability.applies();
  }

  @Override
  public boolean waitsLong() {
    return true;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return bench.manifest().dependencies().stream()
        .filter(dependency -> bench.seen().reached().contains(dependency.name()))
        .map(dependency ->
            new Trial(dependency.name() + " hangs", scene -> hangInBothWays(scene, dependency)))
        .toList();
  }

  private static Finding hangInBothWays(Scene scene, Dependency dependency)
      throws InterruptedException {
    Link link =
        scene.links().stream()
            .filter(each -> each.dependency().equals(dependency))
            .findFirst()
            .orElseThrow();
    Running web = scene.startReady(Start.of(scene.bench().subject().web().orElseThrow().name()));
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Exchange before = web.send(scene.call(sample));
      if (!before.succeeded()) {
        return new Finding.Undecided(Reason.UNREACHED, "before the fault " + before);
      }
      scene.holds(Control.BASELINE, "before the fault " + before);
    }
    Finding open = hang(scene, web, link, new Behaviour.Blackhole());
    if (!(open instanceof Finding.Survived(var first))) {
      return open;
    }
    Finding connecting = hang(scene, web, link, new Behaviour.HangInConnect());
    return connecting instanceof Finding.Survived(var second)
        ? new Finding.Survived(
            "on open connections: %s; in the connect phase: %s".formatted(first, second))
        : connecting;
  }

  private static Finding hang(Scene scene, Running web, Link link, Behaviour behaviour)
      throws InterruptedException {
    Traffic quiet = link.traffic();
    link.behave(behaviour);
    List<Exchange> exchanges =
        Volley.send(
            calls(scene, link).stream()
                .<Callable<Exchange>>map(call -> () -> web.send(call))
                .toList());
    Traffic during = link.traffic().since(quiet);
    noteReached(scene, link, during);
    link.behave(new Behaviour.Pass());
    boolean isRecovered = isRecovered(scene, web);
    Finding finding = judged(scene, exchanges, during);
    return isRecovered || finding instanceof Finding.Broken
        ? finding
        : new Finding.Undecided(
            Reason.UNREACHED,
            "control %s did not hold after %s".formatted(Control.RECOVERED.id(), behaviour));
  }

  /// Each sample once, at the same moment; for an issuer with a token that makes it be asked.
  private static List<Call> calls(Scene scene, Link link) {
    List<Call> calls = new ArrayList<>();
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Call call = scene.call(sample);
      calls.add(call);
      if (link.dependency() instanceof Dependency.Oidc
          && call.headers().containsKey("Authorization")) {
        String token = scene.mutant(Mutant.UNKNOWN_KID, sample.scopes());
        calls.add(scene.call(sample).with("Authorization", "Bearer " + token));
      }
    }
    return calls;
  }

  /// An issuer that is not even asked for a key that nobody knows keeps no request waiting.
  private static void noteReached(Scene scene, Link link, Traffic during) {
    if (during.isReached()) {
      scene.holds(
          Control.REACHED,
          "meanwhile %d connections were tried and %d bytes sent to %s"
              .formatted(during.connections(), during.sent(), link.dependency().name()));
    } else if (link.dependency() instanceof Dependency.Oidc) {
      scene.holds(
          Control.REACHED,
          "the issuer hung, and no request asked it, not even one with a token of an unknown key");
    }
  }

  private static Finding judged(Scene scene, List<Exchange> exchanges, Traffic during) {
    Duration deadline = scene.bench().manifest().proving().deadlines().response();
    Duration band = deadline.plus(deadline.dividedBy(BAND));
    List<Exchange> unanswered =
        exchanges.stream()
            .filter(exchange -> exchange.status() < 0 || exchange.took().compareTo(band) > 0)
            .toList();
    if (!unanswered.isEmpty()) {
      return new Finding.Broken(
          "the declared deadline for a response is %d ms, but %s"
              .formatted(
                  deadline.toMillis(),
                  unanswered.stream().map(Exchange::toString).collect(Collectors.joining("; "))));
    }
    String seen =
        "%s; meanwhile %d bytes were sent to it"
            .formatted(
                exchanges.stream().map(Exchange::toString).collect(Collectors.joining("; ")),
                during.sent());
    return exchanges.stream().anyMatch(exchange -> exchange.took().compareTo(deadline) > 0)
        ? new Finding.Undecided(
            Reason.NOISY,
            "the deadline is %d ms, and answers lie on both sides of it: %s"
                .formatted(deadline.toMillis(), seen))
        : new Finding.Survived(seen);
  }

  /// Waits until every sample succeeds again; a control that held after the first hang says nothing
  /// of the second.
  private static boolean isRecovered(Scene scene, Running web) throws InterruptedException {
    Duration patience = scene.bench().manifest().proving().deadlines().recovery();
    Duration begun = scene.transcript().elapsed();
    while (scene.transcript().elapsed().minus(begun).compareTo(patience) < 0) {
      boolean works = true;
      for (Manifest.Sample sample : scene.bench().manifest().samples()) {
        works = works && web.send(scene.call(sample)).succeeded();
      }
      if (works) {
        scene.holds(
            Control.RECOVERED,
            "every sample succeeded %d ms after the fault had ended"
                .formatted(scene.transcript().elapsed().minus(begun).toMillis()));
        return true;
      }
      Thread.sleep(POLL);
    }
    return false;
  }
}
