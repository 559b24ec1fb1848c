package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// 11-2: from ready to its end, every line is one JSON object with time, level and message.
///
/// Whoever writes events through one encoder does so as well when a request is nonsense or breaks
/// off, and when asked to end; so it is asked for all of that.
@AutoService(Rule.class)
public final class WritesJsonLines implements Rule {
  private static final int SHOWN = 5;
  private static final Duration SETTLED = Duration.ofMillis(500); // what it says on being ready

  @Override
  public String requirement() {
    return "11-2";
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = bench.manifest().programs().processes();
    ProcessType first = Serving.types(bench).stream().findFirst().orElseGet(types::getFirst);
    return types.stream()
        .filter(type -> type.equals(first) || !bench.fast())
        .map(type -> new Trial(type.name(), scene -> listen(scene, type)))
        .toList();
  }

  private static Finding listen(Scene scene, ProcessType type) throws InterruptedException {
    Running running = scene.startReady(Start.of(type.name()));
    Thread.sleep(SETTLED);
    int ready = running.process().output().lines().size();
    if (Instance.isAsked(scene, type)) {
      ask(scene, running);
    }
    Duration stop = scene.bench().manifest().proving().deadlines().stop();
    scene.transcript().add("prover", "SIGTERM to " + running.label());
    running.process().terminate();
    boolean ended = running.process().awaitExit(stop.multipliedBy(3).dividedBy(2));
    List<OutputLine> all = running.process().output().lines();
    Finding finding = judged(all.subList(ready, all.size()), ended);
    long dropped = running.process().output().dropped();
    return dropped == 0 || finding instanceof Finding.Broken
        ? finding
        : new Finding.Undecided(
            Reason.OUT_OF_BUDGET,
            "it wrote so much that %d of its lines were dropped unread".formatted(dropped));
  }

  private static void ask(Scene scene, Running running) throws InterruptedException {
    Optional<Requests> requests = Requests.of(scene, running);
    if (requests.isPresent()) {
      for (int number = 0; number < scene.bench().choose(10, 4); number++) {
        var _ = requests.get().send(running, requests.get().next(true));
      }
    }
    var _ = running.send(Call.get("/no-such-path-" + running.port()));
    var creation = scene.bench().subject().create();
    if (creation.isPresent()) {
      Call whole = scene.call(creation.get());
      var _ =
          running.send(
              new Call(whole.method(), whole.path(), whole.headers(), Optional.of("{\"no")));
      running.hold(whole).close();
    }
  }

  private static Finding judged(List<OutputLine> lines, boolean ended) {
    List<String> bad =
        lines.stream()
            .flatMap(line -> JsonEvent.flaw(line).stream().map(flaw -> flaw + ": " + quoted(line)))
            .toList();
    if (!bad.isEmpty()) {
      return new Finding.Broken(
          "%d of %d lines from ready to the end are not events; %s"
              .formatted(
                  bad.size(),
                  lines.size(),
                  bad.stream().distinct().limit(SHOWN).collect(Collectors.joining(" ⏎ "))));
    }
    if (lines.isEmpty()) {
      return new Finding.Undecided(
          Reason.UNREACHED, "it wrote no line from ready to its end; 11-1 says what is missing");
    }
    String until = ended ? "its end" : "the moment when it should have ended";
    return new Finding.Survived(
        "all %d lines from ready to %s are JSON with time, level and message"
            .formatted(lines.size(), until));
  }

  private static String quoted(OutputLine line) {
    return line.flaw() == OutputLine.Flaw.BINARY
        ? "%d characters on %s".formatted(line.text().length(), line.stream())
        : LastWords.shortened(line.text());
  }
}
