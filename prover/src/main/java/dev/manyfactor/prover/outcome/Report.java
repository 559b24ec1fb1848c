package dev.manyfactor.prover.outcome;

import dev.manyfactor.factors.Level;
import dev.manyfactor.factors.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Everything that one run found.
///
/// @param results in the order of their ids
/// @param unchecked requirements that this version does not check yet, outside of the counts
public record Report(Subject subject, Run run, List<Result> results, List<Requirement> unchecked) {
  /// Copies what could change.
  public Report {
    results = List.copyOf(results);
    unchecked = List.copyOf(unchecked);
  }

  /// What was proven.
  ///
  /// @param service its name
  /// @param commit the commit of its sources, or why there is none
  /// @param dirty files that differ from that commit, at most 20
  public record Subject(String service, String commit, List<String> dirty) {
    /// Copies what could change.
    public Subject {
      dirty = List.copyOf(dirty);
    }
  }

  /// How it was proven.
  ///
  /// @param seed what decides every choice that was left to chance
  /// @param fast whether fewer trials were made
  /// @param version of the prover
  /// @param conditions what the machine gave: the sandbox, the account, the database
  public record Run(
      long seed,
      boolean fast,
      String version,
      Instant started,
      Duration took,
      List<String> conditions) {
    /// Copies what could change.
    public Run {
      conditions = List.copyOf(conditions);
    }
  }

  /// How many results have each verdict; they sum to the number of results.
  public Map<Verdict, Integer> counts() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0);
    }
    results.forEach(result -> counts.merge(result.outcome().verdict(), 1, Integer::sum));
    return counts;
  }

  /// 0 if every checked MUST survived, did not apply or is waived; 4 if the prover failed; 1 if a
  /// MUST failed; 3 if one is not proven.
  public int exitCode() {
    if (has(Verdict.ERROR)) {
      return 4;
    }
    if (has(Verdict.FAIL)) {
      return 1;
    }
    return has(Verdict.NOT_PROVEN) ? 3 : 0;
  }

  private boolean has(Verdict verdict) {
    return results.stream()
        .filter(result -> verdict == Verdict.ERROR || result.requirement().level() == Level.MUST)
        .anyMatch(result -> result.outcome().verdict() == verdict);
  }
}
