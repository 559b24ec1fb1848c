package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.outcome.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What every kind of page asks of a report.
record Account(Report report) {

  /// Results of one factor, in the order of their ids.
  List<Result> of(Factor factor) {
    return report.results().stream()
        .filter(result -> result.requirement().factor() == factor)
        .toList();
  }

  /// Results with an outcome, those first that are to be mended first.
  List<Result> with(Verdict verdict) {
    return report.results().stream()
        .filter(result -> result.outcome().verdict() == verdict)
        .sorted(Comparator.comparing(Result::requirement, Requirement.mendFirst()))
        .toList();
  }

  /// Requirements that this version checks and that this run has not decided: nobody asked for
  /// them, or it was called off before.
  List<Requirement> notAsked() {
    Set<Requirement> others =
        report.results().stream().map(Result::requirement).collect(Collectors.toSet());
    others.addAll(report.unchecked());
    return Requirement.all().stream().filter(one -> !others.contains(one)).toList();
  }

  /// The worst outcome of a factor; empty if none of it is decided.
  Optional<Verdict> worst(Factor factor) {
    return of(factor).stream()
        .map(result -> result.outcome().verdict())
        .max(Comparator.comparingInt(Account::badness));
  }

  private static int badness(Verdict verdict) {
    return switch (verdict) {
      case NOT_APPLICABLE -> 0;
      case PASS -> 1;
      case WAIVED -> 2;
      case NOT_PROVEN -> 3;
      case FAIL -> 4;
      case ERROR -> 5;
    };
  }

  /// What was tried; nothing where nothing had to be.
  static Evidence evidence(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Pass(var evidence) -> evidence;
      case Outcome.Fail(var evidence) -> evidence;
      case Outcome.NotProven unproven -> unproven.evidence();
      case Outcome.Waived waived -> evidence(waived.hidden());
      case Outcome.NotApplicable _, Outcome.HarnessError _ -> Evidence.none();
    };
  }

  /// The trial that an outcome other than a pass rests on, if it rests on one.
  static Optional<TrialRecord> decisive(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Fail failure -> Optional.of(failure.shownBy());
      case Outcome.NotProven unproven ->
          unproven.evidence().trials().stream()
              .filter(trial -> !(trial.finding() instanceof Finding.Survived))
              .findFirst();
      case Outcome.Waived waived -> decisive(waived.hidden());
      case Outcome.Pass _, Outcome.NotApplicable _, Outcome.HarnessError _ -> Optional.empty();
    };
  }

  /// Why it came out as it did, in one sentence.
  static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Pass(var evidence) -> words(evidence.trials().getFirst().finding());
      case Outcome.Fail failure -> failure.counterExample();
      case Outcome.NotProven unproven -> unproven.why();
      case Outcome.NotApplicable(var observation) -> observation;
      case Outcome.Waived(var waiver, _) -> waiver.reason();
      case Outcome.HarnessError(var what) -> what;
    };
  }

  /// What a trial found, in one sentence.
  static String words(Finding finding) {
    return switch (finding) {
      case Finding.Survived(var observation) -> observation;
      case Finding.Broken(var counterExample) -> counterExample;
      case Finding.Undecided(_, var why) -> why;
    };
  }

  /// Whether the sources have a commit.
  boolean isCommit() {
    return report.subject().commit().matches("[0-9a-f]{40}|[0-9a-f]{64}");
  }

  /// A commit as people write it: the first twelve characters of an id, anything else as it is.
  String commit() {
    String commit = report.subject().commit();
    return isCommit() ? commit.substring(0, 12) : commit.isBlank() ? "none" : commit;
  }

  /// `1 file`, `2 files`.
  static String count(int number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }

  /// `0.8 s`, `42 s`, `3 min 12 s`.
  static String spoken(Duration duration) {
    if (duration.toSeconds() < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return duration.toMinutes() == 0
        ? duration.toSeconds() + " s"
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
