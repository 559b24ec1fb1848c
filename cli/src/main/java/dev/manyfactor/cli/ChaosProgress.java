package dev.manyfactor.cli;

import dev.manyfactor.chaos.loop.Fault;
import dev.manyfactor.chaos.loop.Figures;
import dev.manyfactor.chaos.loop.LoopProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Shows how far a kill loop is. Safe on many threads.
final class ChaosProgress implements Consumer<LoopProgress> {
  private final Terminal terminal;
  private final Seat seat;
  private final TwoLines lines;
  private String overall = "";
  private String doing = "";

  ChaosProgress(Terminal terminal, Seat seat, LongSupplier nanos) {
    this.terminal = terminal;
    this.seat = seat;
    this.lines = new TwoLines(terminal, seat, nanos);
  }

  @Override
  public synchronized void accept(LoopProgress progress) {
    switch (progress) {
      case LoopProgress.Preparing(var what) -> doing = what;
      case LoopProgress.Breaking(var broken) -> doing = words(broken);
      case LoopProgress.Standing(var left, var figures, var faults) ->
          overall = words(left, figures, faults);
    }
    lines.show(overall, doing);
  }

  /// Somebody has pressed Ctrl-C.
  synchronized void stopping() {
    if (!seat.watches()) {
      terminal.note("no more faults; repairing and checking, Ctrl-C ends mf at once");
    }
    overall = "called off";
    lines.show(overall, doing);
  }

  /// Takes away what changes; the report follows.
  void close() {
    lines.close();
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
}
