package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// 11-1: with requests its output grows, and no file does.
///
/// A file counts that grows by two rounds of requests after a first one, so that neither a cache
/// nor a folder made by the first request does.
@AutoService(Rule.class)
public final class LogsToItsOutput implements Rule {
  private static final Duration END = Duration.ofSeconds(10);

  @Override
  public String requirement() {
    return "11-1";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Serving.applicability(bench);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(this::sendRequests);
  }

  private Finding sendRequests(Scene scene) throws InterruptedException {
    Path service = scene.bench().manifest().directory();
    Running running = scene.startReady(Start.of(Serving.types(scene.bench()).getFirst().name()));
    Optional<Requests> requests = Requests.of(scene, running);
    if (requests.isEmpty()) {
      return Requests.none();
    }
    int round = scene.bench().choose(10, 6);
    RequestEvents events = new RequestEvents(running, requests.get());
    events.send(round);
    WrittenFiles first = WrittenFiles.of(running, service);
    events.send(round);
    WrittenFiles second = WrittenFiles.of(running, service);
    events.send(round);
    WrittenFiles third = WrittenFiles.of(running, service);
    List<OutputLine> late = ended(scene, running);
    GrowingFiles files = new GrowingFiles(first.grownTo(second), second.grownTo(third), round);
    return files
        .grown(running)
        .or(() ->
            GrowingFiles.heldBack(
                third.grownTo(WrittenFiles.of(running, service)), requests.get(), round))
        .or(() -> events.whatIsWrong(late))
        .orElseGet(() -> new Finding.Survived("no file grew, and " + events));
  }

  /// What it writes from SIGTERM on: what was held back, too.
  private static List<OutputLine> ended(Scene scene, Running running) throws InterruptedException {
    int before = running.process().output().lines().size();
    running.process().terminate();
    boolean ended = running.process().awaitExit(END);
    scene.transcript().add("prover", "SIGTERM; " + (ended ? "it ended" : "it still runs"));
    List<OutputLine> lines = running.process().output().lines();
    return lines.subList(before, lines.size());
  }
}
