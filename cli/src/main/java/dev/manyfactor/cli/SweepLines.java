package dev.manyfactor.cli;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.SweepProgress;
import dev.manyfactor.chaos.sweep.Verdict;

/// Shows how far a sweep is: in a terminal two lines that change in place, elsewhere nothing.
///
/// Safe on many threads.
final class SweepLines implements SweepProgress {
  private static final String UP_AND_ERASE = "\u001b[1A\r\u001b[J";

  private final Terminal terminal;
  private final Seat seat;
  private int cells;
  private int decided;
  private int violated;
  private int missed;
  private boolean shown;
  private boolean closed;

  SweepLines(Terminal terminal, Seat seat) {
    this.terminal = terminal;
    this.seat = seat;
  }

  @Override
  public synchronized void step(String what) {
    show(what);
  }

  @Override
  public synchronized void rehearsed(String subject, int messages, int drawn) {
    cells += drawn;
    show("%s: %d messages".formatted(subject, messages));
  }

  @Override
  public synchronized void decided(Cell cell, Verdict verdict) {
    decided++;
    switch (verdict) {
      case Verdict.Held() -> {}
      case Verdict.Violated _ -> violated++;
      case Verdict.Missed _ -> missed++;
    }
    show(cell.toString());
  }

  /// Takes away what changes; the report follows.
  synchronized void close() {
    erase();
    closed = true;
  }

  private void show(String doing) {
    if (!seat.watches() || closed) {
      return;
    }
    erase();
    String overall =
        "%d of %d cells, %d violations, %d not run".formatted(decided, cells, violated, missed);
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
