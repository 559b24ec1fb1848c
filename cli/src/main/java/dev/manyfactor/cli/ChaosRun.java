package dev.manyfactor.cli;

import dev.manyfactor.chaos.loop.Loop;
import dev.manyfactor.chaos.loop.LoopJson;
import dev.manyfactor.chaos.loop.LoopPage;
import dev.manyfactor.chaos.loop.LoopReport;
import dev.manyfactor.chaos.loop.LoopSettings;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Surroundings;
import java.util.Optional;

/// One kill loop: its progress, its report, its exit code.
///
/// @param terminal gets the report
/// @param seat who watches
record ChaosRun(LoopSettings settings, Terminal terminal, Seat seat) {
  private static final int VIOLATED = 1;
  private static final int NOTHING_SHOWN = 3;

  /// Makes the loop. A first Ctrl-C ends the breaking, a second one everything at once.
  int run(boolean json) throws InterruptedException {
    try (Scratch scratch = Scratch.made()) {
      Surroundings surroundings = Surroundings.ofProcess();
      ChaosProgress progress = new ChaosProgress(terminal, seat, surroundings.nanos());
      Loop loop = new Loop(settings, surroundings, scratch.folder(), progress);
      Optional<LoopReport> report = ran(loop, progress);
      report.ifPresent(made -> {
        terminal.out().print(json ? LoopJson.of(made) : coloured(made));
        terminal.out().flush();
      });
      return report.map(ChaosRun::exitCode).orElse(ProveNumbers.CALLED_OFF);
    }
  }

  /// Empty if somebody called it off before anything stood.
  private Optional<LoopReport> ran(Loop loop, ChaosProgress progress) throws InterruptedException {
    Runnable stop =
        () -> {
          progress.stopping();
          loop.stop();
        };
    Runnable kill =
        () -> {
          loop.kill();
          Runtime.getRuntime().halt(ProveNumbers.CALLED_OFF);
        };
    Signals.onEnding(stop, kill, Surroundings.ofProcess().nanos());
    try {
      return Optional.of(loop.run());
    } catch (FormationException ended) {
      if (!loop.calledOff()) {
        throw ended;
      }
      terminal.error("called off before anything was broken");
      return Optional.empty();
    } finally {
      progress.close();
    }
  }

  private static int exitCode(LoopReport report) {
    if (!report.violations().isEmpty()) {
      return VIOLATED;
    }
    return report.unproven().isEmpty() ? 0 : NOTHING_SHOWN;
  }

  private String coloured(LoopReport report) {
    StringBuilder page = new StringBuilder();
    for (String line : LoopPage.of(report)) {
      String shown =
          line.startsWith("VIOLATION")
              ? terminal.coloured(Colour.RED, line)
              : line.startsWith("NOT PROVEN") ? terminal.coloured(Colour.YELLOW, line) : line;
      page.append(shown).append('\n');
    }
    return page.toString();
  }
}
