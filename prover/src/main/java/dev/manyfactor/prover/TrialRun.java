package dev.manyfactor.prover;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.stage.OpenScene;
import dev.manyfactor.prover.stage.Stage;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Trials of one rule on one service: each on a scene of its own, or, if the rule only talks, on
/// the formation that it shares with others.
///
/// What survives there has survived. Anything else is tried again on a start of its own, which
/// decides: no rule is to blame for what another has left.
///
/// @param longest how long one trial may take
record TrialRun(Rule rule, Stage stage, Bench bench, Duration longest) {

  /// Runs a trial.
  TrialRecord of(Trial trial) throws InterruptedException {
    Optional<TrialRecord> visit = rule.onlyTalks() ? visited(trial) : Optional.empty();
    if (visit.filter(this::isSurvived).isPresent()) {
      return visit.get();
    }
    Transcript transcript = stage.transcript();
    TrialRecord alone = tried(trial, stage.scene(bench, transcript));
    return visit
        .filter(_ -> alone.finding() instanceof Finding.Survived)
        .flatMap(TrialRun::contradiction)
        .orElse(alone);
  }

  private boolean isSurvived(TrialRecord record) {
    return record.finding() instanceof Finding.Survived
        && record.controls().keySet().containsAll(rule.controls());
  }

  /// What was wrong where others had talked to the service before, and not again.
  private static Optional<TrialRecord> contradiction(TrialRecord visit) {
    return visit.finding() instanceof Finding.Broken(var text)
        ? Optional.of(
            new TrialRecord(
                visit.name(),
                new Finding.Undecided(
                    Reason.NOISY,
                    "on processes that other rules had talked to, and not again on a start of its"
                        + " own: "
                        + text),
                visit.controls(),
                visit.transcript(),
                visit.took()))
        : Optional.empty();
  }

  private Optional<TrialRecord> visited(Trial trial) throws InterruptedException {
    Transcript transcript = stage.transcript();
    var scene = stage.standing().visit(rule.requirement(), bench, transcript);
    if (scene.isEmpty()) {
      return Optional.empty();
    }
    TrialRecord record = tried(trial, scene.get());
    if (record.finding() instanceof Finding.Undecided(var reason, _)
        && reason == Reason.OUT_OF_BUDGET) {
      stage.standing().spoil(); // the trial may still be talking
    }
    return Optional.of(record);
  }

  private TrialRecord tried(Trial trial, OpenScene opened) throws InterruptedException {
    try (OpenScene scene = opened) {
      Finding finding = bounded(trial, scene);
      return new TrialRecord(
          trial.name(),
          masked(finding),
          scene.controls(),
          scene.transcript().entries(),
          scene.transcript().elapsed());
    }
  }

  /// Runs the trial on a thread of its own, so that one which hangs does not hold the run.
  private Finding bounded(Trial trial, OpenScene scene) throws InterruptedException {
    FutureTask<Finding> task = new FutureTask<>(() -> trial.body().run(scene));
    Thread thread = Thread.ofVirtual().name("mf-trial-" + rule.requirement()).start(task);
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new Finding.Undecided(
          Reason.OUT_OF_BUDGET, "the trial took longer than %d s".formatted(longest.toSeconds()));
    } catch (ExecutionException failure) {
      return undecided(failure.getCause());
    } finally {
      thread.interrupt();
    }
  }

  private static Finding undecided(@Nullable Throwable cause) {
    return switch (cause) {
      case BaselineMissing missing -> new Finding.Undecided(Reason.UNREACHED, missing.why());
      case RuntimeException failure -> throw failure;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(cause);
    };
  }

  private Finding masked(Finding finding) {
    return switch (finding) {
      case Finding.Survived(var text) -> new Finding.Survived(stage.masked(text));
      case Finding.Broken(var text) -> new Finding.Broken(stage.masked(text));
      case Finding.Undecided(var reason, var text) ->
          new Finding.Undecided(reason, stage.masked(text));
    };
  }
}
