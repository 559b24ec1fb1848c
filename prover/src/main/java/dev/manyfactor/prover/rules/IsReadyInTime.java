package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// 09-1: the service is ready within the declared time after its start.
///
/// It holds by the median of several starts, and fails only if the quickest took too long; between
/// the two nothing is proven. A start that ends before it is ready, or that is not ready after more
/// than the declared time and as long again (20 s at most), is a counter-example; two of the latter
/// are enough. No start is held against the service while this machine starts a shell slowly.
@AutoService(Rule.class)
public final class IsReadyInTime implements Rule {
  private static final Duration LONGEST_EXTRA = Duration.ofSeconds(20);
  private static final int HOPELESS = 2;

  @Override
  public String requirement() {
    return "09-1";
  }

  @Override
  public boolean needsBaseline() {
    return false;
  }

  @Override
  public boolean isMeasurement() {
    return true;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return asked(bench).isPresent()
        ? Applicability.applies()
        : new Applicability.CannotTell(
            Reason.UNSUPPORTED,
            "nothing tells when a process is ready; give one a `readiness` in the manifest, for example `readiness: /readyz`");
  }

  /// The process type that serves, or else the first that tells when it is ready.
  private static Optional<ProcessType> asked(Bench bench) {
    return Stream.concat(
            bench.subject().web().stream(), bench.manifest().programs().processes().stream())
        .filter(type -> !(type.readiness() instanceof ProcessType.Readiness.None))
        .findFirst();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    int starts = bench.choose(5, 3);
    return List.of(new Trial(starts + " starts", scene -> started(scene, starts)));
  }

  private static Finding started(Scene scene, int starts) throws InterruptedException {
    String process = asked(scene.bench()).orElseThrow().name();
    Duration limit = scene.bench().manifest().proving().deadlines().ready();
    Duration patience = limit.plus(shorter(limit, LONGEST_EXTRA));
    List<Duration> samples = new ArrayList<>();
    int hopeless = 0;
    String last = "";
    for (int number = 1; number <= starts && hopeless < HOPELESS; number++) {
      Running running = scene.start(Start.of(process).as("start " + number));
      switch (running.awaitReady(patience)) {
        case Readiness.Ready(var after) -> samples.add(after);
        case Readiness.Exited(var code, _, var words) -> {
          return new Finding.Broken(
              "%s was to become ready, but ended with exit code %d: %s"
                  .formatted(running.label(), code, words));
        }
        case Readiness.NotReady(var after, var answer) -> {
          samples.add(after);
          last = "; it said last: " + answer;
          hopeless++;
        }
      }
      running.process().close();
    }
    return judged(scene, judged(new Measured(samples), limit, last));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Finding judged(Scene scene, Finding finding) throws InterruptedException {
    if (finding instanceof Finding.Broken(var late)) {
      Measured shell = SlowMachine.shellStarts(scene.transcript());
      if (SlowMachine.isShownBy(shell)) {
        return new Finding.Undecided(
            Reason.NOISY,
            "%s; but this machine takes %s to start a shell: run it again when it has less to do"
                .formatted(late, shell));
      }
    }
    return finding;
  }

  /// What measurements say, on a machine that is quick enough.
  ///
  /// @param last what was said by a start that was never ready
  static Finding judged(Measured measured, Duration limit, String last) {
    if (measured.median().compareTo(limit) <= 0) {
      return new Finding.Survived(
          "ready after %s; the median is within %d ms".formatted(measured, limit.toMillis()));
    }
    return measured.least().compareTo(limit) > 0
        ? new Finding.Broken(
            "it was to be ready within %d ms, but of %d starts the quickest was not: %s%s"
                .formatted(limit.toMillis(), measured.samples().size(), measured, last))
        : new Finding.Undecided(
            Reason.NOISY,
            "ready after %s, some within %d ms and some not; run it again on a machine that has less to do"
                .formatted(measured, limit.toMillis()));
  }
}
