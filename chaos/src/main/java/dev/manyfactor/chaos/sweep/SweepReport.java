package dev.manyfactor.chaos.sweep;

import java.time.Duration;
import java.util.List;

/// What a sweep has found.
///
/// @param run what was swept
/// @param subjects in the order of the manifest
/// @param took the whole
public record SweepReport(Run run, List<Subject> subjects, Duration took) {
  /// Copies the subjects.
  public SweepReport {
    subjects = List.copyOf(subjects);
  }

  /// What was swept.
  ///
  /// @param service its name
  /// @param commit that is checked out around the service
  /// @param seed what the sample was drawn with
  /// @param sampled whether it was a sample
  public record Run(String service, String commit, long seed, boolean sampled) {}

  /// What came of one operation, job or schedule.
  ///
  /// @param process the process type that does it
  /// @param messages how many it sends to the database
  /// @param all how many cells that makes
  /// @param expected how many of them were chosen
  /// @param done how many have hit their message
  /// @param findings those that are violated or missed
  public record Subject(
      String name,
      String process,
      int messages,
      int all,
      int expected,
      int done,
      List<Finding> findings) {
    /// Copies the findings.
    public Subject {
      findings = List.copyOf(findings);
    }
  }

  /// A cell that did not come out as it must.
  public record Finding(Cell cell, Verdict verdict) {}

  /// How many cells were chosen.
  public int expected() {
    return subjects.stream().mapToInt(Subject::expected).sum();
  }

  /// How many of them have hit their message.
  public int done() {
    return subjects.stream().mapToInt(Subject::done).sum();
  }

  /// The cells after which something was wrong.
  public List<Finding> violations() {
    return findings(Verdict.Violated.class);
  }

  /// The cells whose message did not come.
  public List<Finding> missed() {
    return findings(Verdict.Missed.class);
  }

  private List<Finding> findings(Class<? extends Verdict> kind) {
    return subjects.stream()
        .flatMap(subject -> subject.findings().stream())
        .filter(finding -> kind.isInstance(finding.verdict()))
        .toList();
  }

  /// Whether every chosen cell has run, and there was one.
  public boolean isWhole() {
    return done() == expected() && expected() > 0;
  }

  /// Whether every chosen cell has run and nothing was wrong after any.
  public boolean isClean() {
    return isWhole() && violations().isEmpty();
  }
}
