package dev.manyfactor.cli;

import dev.manyfactor.chaos.sweep.Sweep;
import dev.manyfactor.chaos.sweep.SweepJson;
import dev.manyfactor.chaos.sweep.SweepPage;
import dev.manyfactor.chaos.sweep.SweepReport;
import dev.manyfactor.chaos.sweep.SweepSettings;
import dev.manyfactor.formation.Surroundings;

/// One sweep: its progress, its report, its exit code.
///
/// @param terminal gets the report
/// @param seat who watches
record SweepRun(SweepSettings settings, Terminal terminal, Seat seat) {
  private static final int VIOLATED = 1;
  private static final int NOT_WHOLE = 3;

  /// Makes the sweep. Ctrl-C ends everything at once.
  int run(boolean json) throws InterruptedException {
    try (Scratch scratch = Scratch.made()) {
      Surroundings surroundings = Surroundings.ofProcess();
      TwoLines lines = new TwoLines(terminal, seat, surroundings.nanos());
      Runnable end = () -> Runtime.getRuntime().halt(ProveNumbers.CALLED_OFF);
      Signals.onEnding(end, end, surroundings.nanos());
      SweepReport report;
      try {
        report = Sweep.run(settings, scratch.folder(), surroundings, new SweepLines(lines));
      } finally {
        lines.close();
      }
      terminal.out().print(json ? SweepJson.of(report) : coloured(report));
      terminal.out().flush();
      return !report.violations().isEmpty() ? VIOLATED : report.isWhole() ? 0 : NOT_WHOLE;
    }
  }

  private String coloured(SweepReport report) {
    StringBuilder page = new StringBuilder();
    for (String line : SweepPage.of(report)) {
      String shown =
          line.startsWith("VIOLATION")
              ? terminal.coloured(Colour.RED, line)
              : line.startsWith("NOT RUN") ? terminal.coloured(Colour.YELLOW, line) : line;
      page.append(shown).append('\n');
    }
    return page.toString();
  }
}
