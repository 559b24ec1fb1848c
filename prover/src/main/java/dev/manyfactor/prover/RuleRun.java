package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.stage.Stage;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.NotConcerned;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One rule on one service: its antecedent, its trials, its outcome.
///
/// @param longest how long one trial may take
/// @param told is told of each trial before it begins
record RuleRun(Rule rule, Stage stage, Bench bench, Duration longest, Told told) {

  /// Who is told of each trial.
  interface Told {
    /// A trial begins.
    void trying(Requirement requirement, Trial trial, int number, int of);
  }

  /// Decides the requirement.
  ///
  /// @throws InterruptedException when the run is stopped; nothing is decided then
  Outcome outcome(Requirement requirement) throws InterruptedException {
    try {
      return switch (rule.antecedent(bench)) {
        case Applicability.Applies _ -> decided(requirement);
        case Applicability.DoesNotApply(var observation) -> new Outcome.NotApplicable(observation);
        case Applicability.CannotTell(var reason, var why) ->
            new Outcome.NotProven(reason, why, Evidence.none());
      };
    } catch (NotConcerned seen) {
      return new Outcome.NotApplicable(stage.masked(seen.observation()));
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  private Outcome decided(Requirement requirement) throws InterruptedException {
    List<Trial> trials = rule.trials(bench);
    List<TrialRecord> records = new ArrayList<>();
    while (records.size() < trials.size()) {
      int first = records.size();
      List<Trial> next = trials.subList(first, Math.min(first + rule.atOnce(), trials.size()));
      for (int index = 0; index < next.size(); index++) {
        told.trying(requirement, next.get(index), first + index + 1, trials.size());
      }
      records.addAll(tried(next));
      if (records.stream().anyMatch(record -> record.finding() instanceof Finding.Broken)) {
        break; // one counter-example is enough
      }
    }
    return Outcome.of(new Evidence(records, Math.max(1, rule.minimum(trials)), rule.controls()));
  }

  /// Runs trials side by side.
  private List<TrialRecord> tried(List<Trial> trials) throws InterruptedException {
    List<TrialRecord> records = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<TrialRecord>> tasks =
          trials.stream().<Callable<TrialRecord>>map(trial -> () -> tried(trial)).toList();
      for (Future<TrialRecord> task : threads.invokeAll(tasks)) {
        records.add(task.get());
      }
      return records;
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    }
  }

  private TrialRecord tried(Trial trial) throws InterruptedException {
    return new TrialRun(rule, stage, bench, longest).of(trial);
  }

  private Outcome failed(RuntimeException failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    String place = frames.length == 0 ? "" : " at " + frames[0];
    return new Outcome.HarnessError(stage.masked(failure + place));
  }
}
