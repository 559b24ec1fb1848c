package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Held;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A request that the service has begun and cannot answer yet: half of its body is missing, or an
/// answer of a dependency.
///
/// @param how what keeps it from being answered
/// @param longest how long the service can be expected to wait for that
record InFlight(Call call, Held held, String how, Duration longest) implements AutoCloseable {
  private static final Duration SETTLED = Duration.ofMillis(300);
  private static final Duration PATIENT_WITH_CLIENTS = Duration.ofMillis(1600);
  private static final Duration PATIENT_WITH_DEPENDENCIES = Duration.ofMillis(1300);
  private static final String UNASKED_BODY = "{\"filler\":\"%s\"}".formatted("-".repeat(100));

  /// A way to keep a request from being answered.
  ///
  /// @param call a new request each time
  private record Way(String how, Supplier<Call> call, Opening opening, Duration longest) {}

  /// Begins a request.
  @FunctionalInterface
  private interface Opening {
    Held open(Running running, Call call) throws InterruptedException;
  }

  /// Begins a request that the service answers with a success when nothing holds it, which is
  /// control C0; empty if none of the samples can be held.
  static Optional<InFlight> at(Running running, Scene scene) throws InterruptedException {
    for (Way way : ways(scene)) {
      Exchange before = running.send(way.call().get());
      if (!before.succeeded()) {
        continue;
      }
      Call call = way.call().get();
      Held held = way.opening().open(running, call);
      Duration twice = before.took().multipliedBy(2);
      if (!isAnswered(held, scene, twice.compareTo(SETTLED) > 0 ? twice : SETTLED)) {
        scene.holds(Control.BASELINE, before.toString());
        return Optional.of(new InFlight(call, held, way.how(), way.longest()));
      }
      held.close();
    }
    return Optional.empty();
  }

  private static List<Way> ways(Scene scene) {
    List<Way> ways = new ArrayList<>();
    List<Manifest.Sample> samples = scene.bench().manifest().samples();
    Duration longest = scene.bench().manifest().proving().deadlines().stop().multipliedBy(2);
    for (Manifest.Sample sample : samples) {
      if (sample.body().isPresent()) {
        ways.add(byBody("half of its body sent", () -> scene.call(sample)));
      }
    }
    for (Manifest.Sample sample : samples) {
      scene.links().forEach(link -> ways.add(byLink(link, () -> scene.call(sample), longest)));
    }
    for (Manifest.Sample sample : samples) {
      if (sample.body().isEmpty()) {
        ways.add(
            byBody(
                "half of a body sent that it does not ask for",
                () -> withBody(scene.call(sample))));
      }
    }
    return ways;
  }

  private static Call withBody(Call call) {
    return new Call(call.method(), call.path(), call.headers(), Optional.of(UNASKED_BODY));
  }

  private static Way byBody(String how, Supplier<Call> call) {
    return new Way(how, call, Running::hold, PATIENT_WITH_CLIENTS);
  }

  private static Way byLink(Link link, Supplier<Call> call, Duration longest) {
    return new Way(
        "an answer of \"%s\" held back".formatted(link.dependency().name()),
        call,
        (running, request) -> HeldByLink.open(link, running, request, longest),
        PATIENT_WITH_DEPENDENCIES);
  }

  /// Whether a request is answered, or its connection over, within a time.
  static boolean isAnswered(Held held, Scene scene, Duration within) throws InterruptedException {
    Duration until = scene.transcript().elapsed().plus(within);
    while (!held.isAnswered()) {
      if (scene.transcript().elapsed().compareTo(until) >= 0) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  @Override
  public void close() {
    held.close();
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(call, how);
  }
}
