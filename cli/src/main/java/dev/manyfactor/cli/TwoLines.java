package dev.manyfactor.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How far a long run is, on standard error: in a terminal two lines that change in place,
/// elsewhere the first of them once a minute.
///
/// Safe on many threads.
final class TwoLines {
  private static final String UP_AND_ERASE = "\u001b[1A\r\u001b[J";
  private static final long EACH = Duration.ofMinutes(1).toNanos();

  private final Terminal terminal;
  private final Seat seat;
  private final LongSupplier nanos;
  private long toldAt;
  private boolean shown;
  private boolean closed;

  TwoLines(Terminal terminal, Seat seat, LongSupplier nanos) {
    this.terminal = terminal;
    this.seat = seat;
    this.nanos = nanos;
    this.toldAt = nanos.getAsLong();
  }

  synchronized void show(String overall, String doing) {
    if (closed) {
      return;
    }
    if (seat.watches()) {
      erase();
      terminal.err().print(line(overall) + "\n" + line("  " + doing));
      terminal.err().flush();
      shown = true;
    } else if (nanos.getAsLong() - toldAt >= EACH) {
      toldAt = nanos.getAsLong();
      terminal.note(overall);
    }
  }

  /// Takes away what changes; the report follows.
  synchronized void close() {
    erase();
    closed = true;
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
