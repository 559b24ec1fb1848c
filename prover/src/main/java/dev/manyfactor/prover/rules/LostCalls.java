package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.standin.Received;
import dev.manyfactor.prover.standin.StandInUpstream;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Calls that a service makes while it serves a request, and whose answers are lost.
///
/// Whether the other service can recognise a call that comes again is told by its key: two calls
/// under one key are one effect there, and so are two PUT or DELETE of one path.
///
/// @param link the way to the other service
/// @param upstream the other service
record LostCalls(Scene scene, Running web, Link link, StandInUpstream upstream) {
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> ONE_EACH = Set.of("PUT", "DELETE");

  /// Loses the answers of every service that a sample calls in a way that changes something; empty
  /// if it calls none so.
  static Optional<Finding> of(Scene scene, Manifest.Sample sample, Running web)
      throws InterruptedException {
    List<String> survived = new ArrayList<>();
    for (Link link : scene.links()) {
      StandInUpstream upstream = scene.upstreams().get(link.dependency().name());
      if (upstream != null) {
        Optional<Finding> finding = new LostCalls(scene, web, link, upstream).lose(sample);
        if (finding.isPresent() && !(finding.get() instanceof Finding.Survived)) {
          return finding;
        }
        finding.ifPresent(found -> survived.add(((Finding.Survived) found).observation()));
      }
    }
    return survived.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding.Survived(String.join("; ", survived)));
  }

  private Call fresh(Manifest.Sample sample) {
    return scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
  }

  private Optional<Finding> lose(Manifest.Sample sample) throws InterruptedException {
    int before = upstream.requests().size();
    Exchange intact = web.send(fresh(sample));
    if (!intact.succeeded()) {
      throw new BaselineMissing("the sample does not succeed: " + intact);
    }
    Set<String> expected = effects(before);
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    int mark = upstream.requests().size();
    Call call = fresh(sample);
    link.behave(new Behaviour.CutAfter(0));
    Exchange lost = web.send(call);
    link.behave(new Behaviour.Pass());
    String name = link.dependency().name();
    if (!effects(mark).isEmpty()) {
      scene.holds(
          Control.REACHED,
          "an answer of \"%s\" was lost; the client got: %s".formatted(name, lost));
    }
    return Optional.of(judged(expected, mark, Crashes.insist(scene, web, call)));
  }

  private Finding judged(Set<String> expected, int mark, Exchange last) {
    String name = link.dependency().name();
    Set<String> effects = effects(mark);
    if (effects.size() > expected.size()) {
      return new Finding.Broken(
          "an answer of \"%s\" was lost and the same request sent again (%s): there were to be %d effects at \"%s\", but it was called as if for %d: %s"
              .formatted(
                  name, last, expected.size(), name, effects.size(), String.join("; ", effects)));
    }
    return last.succeeded()
        ? new Finding.Survived(
            "an answer of \"%s\" was lost and the request sent again: the same calls as ever, under the same keys"
                .formatted(name))
        : new Finding.Undecided(
            Reason.UNREACHED,
            "an answer of \"%s\" was lost, and the same request sent again does not succeed: %s"
                .formatted(name, last));
  }

  /// What the calls since a moment have done there, one text for each effect.
  private Set<String> effects(int from) {
    List<Received> requests = upstream.requests();
    Set<String> effects = new TreeSet<>();
    for (int index = from; index < requests.size(); index++) {
      Received request = requests.get(index);
      if (CHANGING.contains(request.method())) {
        String call = request.method() + " " + request.target();
        effects.add(
            ONE_EACH.contains(request.method())
                ? call
                : request
                    .header(Creation.KEY)
                    .map(key -> call + " under the key " + key)
                    .orElse(call + " without a key, call " + (index - from + 1)));
      }
    }
    return effects;
  }
}
