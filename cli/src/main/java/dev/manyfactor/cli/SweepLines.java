package dev.manyfactor.cli;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.SweepProgress;
import dev.manyfactor.chaos.sweep.Verdict;

/// Shows how far a sweep is. Safe on many threads.
final class SweepLines implements SweepProgress {
  private final TwoLines lines;
  private int cells;
  private int decided;
  private int violated;
  private int missed;

  SweepLines(TwoLines lines) {
    this.lines = lines;
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

  private void show(String doing) {
    lines.show(
        "%d of %d cells, %d violations, %d not run".formatted(decided, cells, violated, missed),
        doing);
  }
}
