package dev.manyfactor.cli;

import dev.manyfactor.chaos.loop.Fault;
import dev.manyfactor.chaos.loop.Figures;
import dev.manyfactor.chaos.loop.LoopProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Shows how far a kill loop is: in a terminal two lines that change in place, elsewhere nothing.
///
/// Safe on many threads.
final class ChaosProgress implements Consumer<LoopProgress> {
  private static final String UP_AND_ERASE = "\u001b[1A\r\u001b[J";

  private final Terminal terminal;
  private final Seat seat;
  private String overall = "";
  private String doing = "";
  private boolean shown;
  private boolean closed;

  ChaosProgress(Terminal terminal, Seat seat) {
    this.terminal = terminal;
    this.seat = seat;
  }

  @Override
  public synchronized void accept(LoopProgress progress) {
    switch (progress) {
      case LoopProgress.Preparing(var what) -> doing = what;
      case LoopProgress.Breaking(var broken) -> doing = words(broken);
      case LoopProgress.Standing(var left, var figures, var faults) ->
          overall = words(left, figures, faults);
    }
    show();
  }

  /// Somebody has pressed Ctrl-C.
  synchronized void stopping() {
    if (!seat.watches()) {
      terminal.note("no more faults; repairing and checking, Ctrl-C ends mf at once");
    }
    overall = "called off";
    show();
  }

  /// Takes away what changes; the report follows.
  synchronized void close() {
    erase();
    closed = true;
  }

  private static String words(List<Fault> broken) {
    return broken.isEmpty()
        ? "nothing is broken"
        : broken.stream().map(Fault::toString).collect(Collectors.joining("; "));
  }

  private static String words(Duration left, Figures figures, int faults) {
    return "%d:%02d left, %d faults, %d requests: %d acknowledged, %d refused, %d sendings without an answer"
        .formatted(
            left.toMinutes(),
            left.toSecondsPart(),
            faults,
            figures.asked(),
            figures.acknowledged(),
            figures.refused(),
            figures.unknown());
  }

  private void show() {
    if (!seat.watches() || closed) {
      return;
    }
    erase();
    terminal.err().print(line(overall) + "\n" + line("  " + doing));
    terminal.err().flush();
    shown = true;
  }

  private void erase() {
    if (shown) {
      terminal.err().print(UP_AND_ERASE);
      terminal.err().flush();
      shown = false;
    }
  }

  /// Not longer than the terminal is wide, or it could not be taken back.
  private String line(String text) {
    return LogLines.cut(text, seat.columns() - 1);
  }
}
