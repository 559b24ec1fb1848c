package dev.manyfactor.prover.matrix;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was found in one service.
///
/// @param service the folder of the service
/// @param broken the requirement that a patch breaks; `none` if it is as it should be
/// @param verdicts by requirement
/// @param words what was said of those that are neither survived nor out of question
record Row(
    String service, String broken, Map<String, Verdict> verdicts, Map<String, String> words) {
  static final String NONE = "none";

  static Row of(String service, String broken, Report report) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    Map<String, String> words = new TreeMap<>();
    for (Result result : report.results()) {
      String id = result.requirement().id();
      verdicts.put(id, result.outcome().verdict());
      if (!isHarmless(result.outcome().verdict())) {
        words.put(id, words(result.outcome()));
      }
    }
    return new Row(service, broken, verdicts, words);
  }

  private static boolean isHarmless(Verdict verdict) {
    return verdict == Verdict.PASS || verdict == Verdict.NOT_APPLICABLE;
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Fail fail -> ((Finding.Broken) fail.shownBy().finding()).counterExample();
      case Outcome.NotProven unproven -> unproven.reason().words() + ": " + unproven.why();
      case Outcome.HarnessError error -> error.what();
      case Outcome.Pass _, Outcome.NotApplicable _, Outcome.Waived _ -> "";
    };
  }

  /// What is not as it should be: what is broken is to fail, and nothing else. What needs that
  /// which is broken cannot be tried, and has to say so.
  List<String> surprises() {
    List<String> surprises = new ArrayList<>();
    verdicts.forEach((requirement, verdict) -> {
      boolean expected =
          requirement.equals(broken)
              ? verdict == Verdict.FAIL
              : isHarmless(verdict) || needsWhatIsBroken(requirement, verdict);
      if (!expected) {
        surprises.add(
            "%s with %s broken: %s is %s %s"
                .formatted(
                    service, broken, requirement, verdict, words.getOrDefault(requirement, "")));
      }
    });
    if (!broken.equals(NONE) && !verdicts.containsKey(broken)) {
      surprises.add("%s with %s broken: %s was not asked".formatted(service, broken, broken));
    }
    return surprises;
  }

  private boolean needsWhatIsBroken(String requirement, Verdict verdict) {
    String said = words.getOrDefault(requirement, "");
    return verdict == Verdict.NOT_PROVEN
        && said.startsWith(Reason.UNREACHED.words() + ": ")
        && said.endsWith("; " + broken + " asks for that");
  }

  /// Whether what is not as it should be is only what a busy machine could not tell.
  boolean isOnlyUndecided() {
    return verdicts.entrySet().stream()
        .filter(cell -> !isHarmless(cell.getValue()))
        .filter(cell -> !(cell.getKey().equals(broken) && cell.getValue() == Verdict.FAIL))
        .allMatch(cell -> cell.getValue() == Verdict.NOT_PROVEN);
  }
}
