package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.prover.observe.Output;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// 11-3: the event of a request carries the id of the trace that came with it.
///
/// Every other trace is one that its caller does not keep: the id belongs into the log all the
/// same.
@AutoService(Rule.class)
public final class LogsTheTraceOfACaller implements Rule {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration END = Duration.ofSeconds(10);

  @Override
  public String requirement() {
    return "11-3";
  }

  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Serving.applicability(bench);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(this::sendTraces);
  }

  private Finding sendTraces(Scene scene) throws InterruptedException {
    Running running = scene.startReady(Start.of(Serving.types(scene.bench()).getFirst().name()));
    Optional<Requests> requests = Requests.of(scene, running);
    if (requests.isEmpty()) {
      return Requests.none();
    }
    int before = running.process().output().lines().size();
    Map<Requests.Traced, Exchange> sent = new LinkedHashMap<>();
    int times = scene.bench().choose(40, 20);
    for (int number = 0; number < times; number++) {
      Requests.Traced request = requests.get().next(number % 2 == 0);
      sent.put(request, requests.get().send(running, request));
    }
    return judged(running, sent, before);
  }

  private static Finding judged(Running running, Map<Requests.Traced, Exchange> sent, int before)
      throws InterruptedException {
    List<Requests.Traced> missing = missing(running, sent, before);
    if (!missing.isEmpty()) {
      running.process().terminate(); // perhaps lines are held back, which is a matter of 11-4
      var _ = running.process().awaitExit(END);
      missing = missing(running, sent, before);
    }
    if (missing.isEmpty()) {
      Requests.Traced first = sent.keySet().iterator().next();
      return new Finding.Survived(
          "each of %d trace ids is in a line of the output: %s"
              .formatted(sent.size(), line(running, before, first::carriesTrace)));
    }
    Requests.Traced first = missing.getFirst();
    return new Finding.Broken(
        "%d of %d trace ids are in no line of the output, the first of them %s of %s; what is there is: %s"
            .formatted(
                missing.size(),
                sent.size(),
                first.trace(),
                sent.get(first),
                line(running, before, first::isNamedIn)));
  }

  private static List<Requests.Traced> missing(
      Running running, Map<Requests.Traced, Exchange> sent, int before)
      throws InterruptedException {
    Output output = running.process().output();
    Duration patience = running.process().exitCode().isEmpty() ? PATIENCE : Duration.ZERO;
    List<Requests.Traced> missing = new ArrayList<>();
    for (Requests.Traced request : sent.keySet()) {
      if (output
          .await(before, request::carriesTrace, missing.isEmpty() ? patience : Duration.ZERO)
          .isEmpty()) {
        missing.add(request);
      }
    }
    return missing;
  }

  private static String line(Running running, int before, Predicate<OutputLine> fits) {
    return running.process().output().lines().stream()
        .skip(before)
        .filter(fits)
        .map(line -> LastWords.shortened(line.text()))
        .findFirst()
        .orElseGet(() -> LastWords.of(running));
  }
}
