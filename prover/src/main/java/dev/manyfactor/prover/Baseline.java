package dev.manyfactor.prover;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.stage.Stage;
import dev.manyfactor.prover.stage.VisitingScene;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Seen;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Whether the service works at all before anything is done to it: one start of the process that
/// serves, and each sample once. It visits the standing formation, which is there for others then.
///
/// Without that, no attack means anything; every rule that needs it is then not proven, and says
/// why.
///
/// @param seen is given what was seen, when all went well
record Baseline(Stage stage, Consumer<Seen> seen) {
  private static final int SHOWN = 500;

  /// What does not work; empty if everything does.
  Optional<String> whatIsWrong(Bench bench) throws InterruptedException {
    Optional<String> release = stage.release();
    if (release.isPresent()) {
      return release;
    }
    Transcript transcript = stage.transcript();
    try (VisitingScene scene =
        stage.standing().visit("the baseline", bench, transcript).orElseThrow()) {
      ProcessType first =
          bench.subject().web().orElseGet(() -> bench.manifest().programs().processes().getFirst());
      Running running = scene.startReady(Start.of(first.name()));
      Duration start = transcript.elapsed();
      List<Exchange> answered = new ArrayList<>();
      Visitor visitor = new Visitor(); // a later sample may need what an earlier one was given
      for (Manifest.Sample sample : bench.manifest().samples()) {
        Exchange exchange = visitor.send(running, scene.call(sample));
        answered.add(exchange);
        if (running.port() != 0 && !exchange.succeeded()) {
          return Optional.of(
              "the sample %s of the manifest does not succeed: %s %s"
                  .formatted(sample.path(), exchange, shown(exchange.body())));
        }
      }
      Set<String> reached =
          scene.links().stream()
              .filter(link -> link.traffic().isReached())
              .map(link -> link.dependency().name())
              .collect(Collectors.toSet());
      seen.accept(new Seen(answered, reached, start));
      return Optional.empty();
    } catch (BaselineMissing missing) {
      return Optional.of(stage.masked(missing.why()));
    }
  }

  /// The beginning of a body: it may be a megabyte of anything.
  private String shown(String body) {
    String text = stage.masked(body).replaceAll("\\p{Cntrl}", "·");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
  }
}
