package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.RunningTask;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// A task that was begun in a scene; its end goes into the transcript.
record ObservedTask(Errand errand, Observed process, Transcript transcript, LongSupplier nanos)
    implements RunningTask {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int LAST_LINES = 3;

  @Override
  public Errand.End await() throws InterruptedException {
    var _ = process.awaitExit(LONGEST);
    long until = process.ended().orElseGet(nanos);
    Errand.End end =
        new Errand.End(
            process.exitCode(), Duration.ofNanos(until - process.started()), lastWords());
    transcript.add(errand.label(), end.toString());
    return end;
  }

  private String lastWords() {
    List<String> lines =
        process.output().lines().stream()
            .map(OutputLine::text)
            .filter(text -> !text.isBlank())
            .toList();
    String words =
        String.join(" ⏎ ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return words.isBlank() ? "it wrote nothing" : words;
  }
}
