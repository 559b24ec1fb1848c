package dev.manyfactor.cli;

import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.KeptFolder;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.ProverSettings;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.page.HtmlPage;
import dev.manyfactor.prover.page.JsonPage;
import dev.manyfactor.prover.page.Paint;
import dev.manyfactor.prover.page.TerminalPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;

/// One run of the prover: its progress, its report in every form that was asked for, its exit code.
///
/// @param terminal gets the report
/// @param seat who watches
record ProveRun(ProverSettings settings, Terminal terminal, Seat seat) {
  private static final TerminalPage PLAIN = new TerminalPage(TerminalPage.USUAL, Paint.NONE);

  /// Makes the run. A first Ctrl-C ends it soon, a second one at once.
  int run(List<ProveOutputs> outputs) throws InterruptedException {
    Surroundings surroundings = Surroundings.ofProcess();
    ProveProgress progress = new ProveProgress(terminal, seat, surroundings.nanos());
    Prover prover = new Prover(settings, surroundings, progress);
    AtomicBoolean stopped = new AtomicBoolean();
    Runnable stop =
        () -> {
          stopped.set(true);
          progress.stopping();
          prover.stop();
        };
    Signals.onEnding(
        stop, () -> Runtime.getRuntime().halt(ProveNumbers.CALLED_OFF), surroundings.nanos());
    Optional<Report> report;
    try (Ticker _ = Ticker.everySecond(progress::tick)) {
      report = Optional.of(prover.prove());
    } catch (InterruptedException calledOff) {
      if (!stopped.get()) {
        throw calledOff;
      }
      report = Optional.empty();
    } finally {
      progress.close();
    }
    return told(report, outputs, stopped.get());
  }

  private int told(Optional<Report> report, List<ProveOutputs> outputs, boolean stopped) {
    report.ifPresent(made -> outputs.forEach(output -> write(made, output)));
    if (stopped) {
      int decided = report.map(made -> made.results().size()).orElse(0);
      terminal.error(
          "called off; %d requirements were decided, and the report is of those alone"
              .formatted(decided));
      return ProveNumbers.CALLED_OFF;
    }
    return report.orElseThrow().exitCode();
  }

  private void write(Report report, ProveOutputs output) {
    String page =
        switch (output.format()) {
          case TERMINAL ->
              (output.file().isPresent() ? PLAIN : seat.page(terminal)).of(asCalled(report));
          case JSON -> JsonPage.of(report);
          case HTML -> HtmlPage.of(report);
        };
    output.file().ifPresentOrElse(file -> write(page, file), () -> terminal.out().print(page));
    terminal.out().flush();
  }

  /// With commands that can be typed as they stand: `mf` may not be on the PATH.
  private static Report asCalled(Report report) {
    String command = System.getProperty("mf.command", "mf");
    return new Report(
        report.subject(),
        report.run(),
        report.results().stream()
            .map(result ->
                new Result(
                    result.requirement(),
                    result.outcome(),
                    result.took(),
                    result
                        .reproduce()
                        .replaceFirst("^mf ", Matcher.quoteReplacement(command + " "))))
            .toList(),
        report.unchecked());
  }

  private void write(String page, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
        if (folder.endsWith(ProveOutputs.KEPT)) {
          KeptFolder.ignoredByGit(folder);
        }
      }
      Files.writeString(file, page);
      terminal.note("the report is in " + file);
    } catch (IOException failure) {
      throw FormationException.cannotWrite(file, failure);
    }
  }
}
