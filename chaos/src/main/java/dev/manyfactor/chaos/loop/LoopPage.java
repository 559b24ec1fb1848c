package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.loop.LoopReport.Tally;
import dev.manyfactor.chaos.loop.LoopReport.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A report as text for a terminal.
public final class LoopPage {
  private static final int SHOWN = 20;

  private LoopPage() {}

  /// The lines of a report, without colour.
  public static List<String> of(LoopReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s at %.12s, %s of faults, seed %d%s"
            .formatted(
                report.run().service(),
                report.run().commit(),
                minutes(report.run().broke()),
                report.run().seed(),
                report.run().calledOff() ? ", called off" : ""));
    lines.add("");
    lines.add("%-32s %6s %6s   %s".formatted("broken", "times", "hit", "next success after"));
    report.tallies().forEach(tally -> lines.add("  " + line(tally)));
    lines.add("");
    lines.addAll(clients(report.figures()));
    lines.add("");
    report.works().forEach(work -> lines.add("  " + line(work)));
    lines.add("");
    report.violations().stream().limit(SHOWN).forEach(one -> lines.add("VIOLATION " + one));
    if (report.violations().size() > SHOWN) {
      lines.add("and %d more".formatted(report.violations().size() - SHOWN));
    }
    report.unproven().forEach(reason -> lines.add("NOT PROVEN " + reason));
    lines.add(verdict(report));
    return List.copyOf(lines);
  }

  private static String verdict(LoopReport report) {
    return report.violations().isEmpty()
        ? "no violation: every effect took place once, and every answer was the same again"
        : "%d violation%s; the same faults come again with --seed %d"
            .formatted(
                report.violations().size(),
                report.violations().size() == 1 ? "" : "s",
                report.run().seed());
  }

  private static String line(Tally tally) {
    String recovery =
        tally.median().isEmpty()
            ? "-"
            : "median %s, longest %s".formatted(spoken(tally.median()), spoken(tally.longest()));
    return "%-30s %6d %6d   %s"
        .formatted(tally.kind().words(), tally.count(), tally.hit(), recovery);
  }

  private static String line(Work work) {
    return "%-30s %6d effects%s"
        .formatted(
            work.name(),
            work.effects(),
            work.waiting()
                .map(waiting -> ", %d waiting or given up".formatted(waiting))
                .orElse(""));
  }

  private static List<String> clients(Figures figures) {
    return List.of(
        "%d requests, %d acknowledged, %d refused, %d needed more than one sending"
            .formatted(
                figures.asked(), figures.acknowledged(), figures.refused(), figures.retried()),
        "%d sendings, %d without an answer, %d answered with not now, %d for an answer once more"
            .formatted(figures.sent(), figures.unknown(), figures.later(), figures.repeated()));
  }

  private static String spoken(Optional<Duration> duration) {
    return duration.map(time -> "%.1f s".formatted(time.toMillis() / 1000.0)).orElse("-");
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() == 0
        ? duration.toSeconds() + " s"
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
