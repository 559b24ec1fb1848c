package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.stage.Stage;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Seen;
import dev.manyfactor.prover.trial.Subject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// All chosen rules on one service: those that measure time one by one, the others a few at once.
final class RuleRuns {
  private static final String UNREACHED =
      "the service does not work before anything is done to it: ";
  private static final int AT_ONCE = 3; // most of a trial is waiting
  private static final Duration LONGEST_TRIAL = Duration.ofMinutes(3);
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final ProverSettings settings;
  private final Surroundings surroundings;
  private final Consumer<Progress> progress;
  private final RunReport report;
  private final List<Rule> chosen;
  private volatile Seen seen = Seen.NOTHING;
  private final AtomicInteger left;
  private final long deadline;

  RuleRuns(
      ProverSettings settings,
      Surroundings surroundings,
      Consumer<Progress> progress,
      RunReport report) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.progress = progress;
    this.report = report;
    this.chosen =
        Prover.rules().stream()
            .filter(rule -> settings.choice().includes(requirement(rule)))
            .toList();
    this.left = new AtomicInteger(chosen.size());
    this.deadline = surroundings.nanos().getAsLong() + settings.limit().toNanos();
  }

  private static Requirement requirement(Rule rule) {
    return Requirement.of(rule.requirement())
        .orElseThrow(
            () -> new IllegalStateException("no requirement has the id " + rule.requirement()));
  }

  /// Decides everything that was chosen.
  void all(Stage stage) throws InterruptedException {
    Subject subject = stage.subject();
    Optional<String> broken =
        chosen.stream().anyMatch(Rule::needsBaseline)
            ? new Baseline(stage, facts -> seen = facts).whatIsWrong(bench(subject, "baseline"))
            : stage.release();
    broken.ifPresent(why -> report.conditions(List.of(UNREACHED + why)));
    tell(new Progress.Prepared(chosen.size()));
    List<Rule> asked =
        broken.isEmpty() ? chosen : chosen.stream().filter(rule -> !rule.needsBaseline()).toList();
    broken.ifPresent(why ->
        chosen.stream()
            .filter(Rule::needsBaseline)
            .forEach(rule -> decide(rule, waived(rule, unreached(why), subject), Duration.ZERO)));
    for (Rule rule : asked) {
      if (rule.isMeasurement()) {
        run(rule, stage);
      }
    }
    atOnce(asked.stream().filter(rule -> !rule.isMeasurement()).toList(), stage);
  }

  /// One after the other, on the formation that they share.
  private void visits(List<Rule> visitors, Stage stage) throws InterruptedException {
    for (Rule rule : visitors) {
      run(rule, stage);
    }
    stage.standing().close();
  }

  /// Nothing can be tried: nothing is proven.
  void allUnreached(Subject subject, String why) {
    tell(new Progress.Prepared(chosen.size()));
    chosen.forEach(rule -> decide(rule, waived(rule, unreached(why), subject), Duration.ZERO));
  }

  private static Outcome unreached(String why) {
    return new Outcome.NotProven(Reason.UNREACHED, UNREACHED + why, Evidence.none());
  }

  private void atOnce(List<Rule> rules, Stage stage) throws InterruptedException {
    List<Rule> visitors = rules.stream().filter(Rule::onlyTalks).toList();
    List<Rule> alone = rules.stream().filter(rule -> !rule.onlyTalks()).toList();
    List<Rule> waiting = alone.stream().filter(Rule::waitsLong).toList();
    List<Rule> ordered = new ArrayList<>(waiting);
    ordered.addAll(alone.stream().filter(rule -> !rule.waitsLong()).toList());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE + waiting.size(), Thread.ofVirtual().name("mf-rule-", 0).factory());
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      tasks.add(() -> {
        visits(visitors, stage);
        return null;
      });
      ordered.forEach(rule ->
          tasks.add(() -> {
            run(rule, stage);
            return null;
          }));
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } finally {
      threads.shutdownNow();
      var _ = threads.awaitTermination(ENDING.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private void run(Rule rule, Stage stage) throws InterruptedException {
    long began = surroundings.nanos().getAsLong();
    Duration rest = Duration.ofNanos(deadline - began);
    Outcome outcome =
        rest.isPositive()
            ? new RuleRun(
                    rule,
                    stage,
                    bench(stage.subject(), rule.requirement()),
                    shorter(rest),
                    this::trying)
                .outcome(requirement(rule))
            : new Outcome.NotProven(
                Reason.OUT_OF_BUDGET,
                "the run had no time left; give it more with --limit",
                Evidence.none());
    decide(
        rule,
        waived(rule, outcome, stage.subject()),
        Duration.ofNanos(surroundings.nanos().getAsLong() - began));
  }

  private static Duration shorter(Duration rest) {
    return rest.compareTo(LONGEST_TRIAL) < 0 ? rest : LONGEST_TRIAL;
  }

  private Bench bench(Subject subject, String id) {
    return new Bench(subject, seen, settings.fast(), new Random(settings.seed() ^ id.hashCode()));
  }

  private Outcome waived(Rule rule, Outcome outcome, Subject subject) {
    LocalDate today = LocalDate.ofInstant(surroundings.clock().instant(), ZoneOffset.UTC);
    return Waivers.applied(subject.manifest(), rule.requirement(), outcome, today);
  }

  private void trying(
      Requirement requirement, dev.manyfactor.prover.trial.Trial trial, int number, int of) {
    tell(new Progress.Trying(requirement, trial.name(), number, of, left.get()));
  }

  private void decide(Rule rule, Outcome outcome, Duration took) {
    Result result = new Result(requirement(rule), outcome, took, reproduce(rule));
    report.add(result);
    tell(new Progress.Decided(result, left.decrementAndGet()));
  }

  private synchronized void tell(Progress what) {
    progress.accept(what);
  }

  private String reproduce(Rule rule) {
    String folder = settings.directory().toString();
    String quoted =
        folder.matches("[\\w./@%+,=-]+") ? folder : "'" + folder.replace("'", "'\\''") + "'";
    return "mf prove %s --only %s --seed %d%s"
        .formatted(quoted, rule.requirement(), settings.seed(), settings.fast() ? " --fast" : "");
  }
}
