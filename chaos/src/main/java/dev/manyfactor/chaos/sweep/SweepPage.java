package dev.manyfactor.chaos.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A report as text for a terminal.
public final class SweepPage {
  private static final int SHOWN = 20;
  private static final String LINE = "  %-24s %-12s %9s %8s %9s %8s %11s";

  private SweepPage() {}

  /// The lines of a report, without colour.
  public static List<String> of(SweepReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s at %.12s, %s of %d cells in %s, seed %d"
            .formatted(
                report.run().service(),
                report.run().commit(),
                report.run().sampled() ? "a sample" : "all",
                report.subjects().stream().mapToInt(SweepReport.Subject::all).sum(),
                spoken(report.took()),
                report.run().seed()));
    lines.add("");
    lines.add(LINE.formatted("", "process", "messages", "cells", "expected", "run", "violations"));
    report.subjects().forEach(subject -> lines.add(line(subject)));
    lines.add("");
    report.violations().stream().limit(SHOWN).forEach(finding -> violation(finding, lines));
    if (report.violations().size() > SHOWN) {
      lines.add("and %d more".formatted(report.violations().size() - SHOWN));
    }
    report.missed().stream()
        .limit(SHOWN)
        .forEach(finding -> lines.add("NOT RUN " + finding.cell()));
    lines.add(
        "cells expected %d, cells run %d, violations %d"
            .formatted(report.expected(), report.done(), report.violations().size()));
    return List.copyOf(lines);
  }

  private static String line(SweepReport.Subject subject) {
    return LINE.formatted(
        subject.name(),
        subject.process(),
        subject.messages(),
        subject.all(),
        subject.expected(),
        subject.done(),
        violations(subject));
  }

  private static long violations(SweepReport.Subject subject) {
    return subject.findings().stream()
        .filter(finding -> finding.verdict() instanceof Verdict.Violated)
        .count();
  }

  private static void violation(SweepReport.Finding finding, List<String> lines) {
    lines.add("VIOLATION " + finding.cell());
    if (finding.verdict() instanceof Verdict.Violated violated) {
      violated.seen().forEach(seen -> lines.add("  " + seen));
    }
  }

  private static String spoken(Duration took) {
    return took.compareTo(Duration.ofMinutes(2)) < 0
        ? took.toSeconds() + " s"
        : "%d min".formatted(took.plusSeconds(30).toMinutes());
  }
}
