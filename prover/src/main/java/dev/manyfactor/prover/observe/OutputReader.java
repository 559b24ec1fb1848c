package dev.manyfactor.prover.observe;

import dev.manyfactor.prover.observe.OutputLine.Flaw;
import dev.manyfactor.prover.observe.OutputLine.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Takes one stream of a process apart into lines, whatever it holds, in bounded memory.
///
/// A line that is too long is handed on, cut, as soon as it is too long: one that never ends is
/// seen too. Used by one thread.
final class OutputReader {
  private static final int CHUNK = 64 * 1024;
  private static final int LONGEST = 64 * 1024;
  private static final String TEXT_CONTROLS = "\t\b\f\r\u000b\u001b"; // ESC begins a colour

  private final Stream stream;
  private final LongSupplier nanos;
  private final Consumer<OutputLine> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;

  OutputReader(Stream stream, LongSupplier nanos, Consumer<OutputLine> lines) {
    this.stream = stream;
    this.nanos = nanos;
    this.lines = lines;
  }

  /// Reads to the end.
  void readAll(InputStream input) {
    byte[] chunk = new byte[CHUNK];
    try (input) {
      for (int length = input.read(chunk); length >= 0; length = input.read(chunk)) {
        take(chunk, length, nanos.getAsLong());
      }
    } catch (IOException ended) {
      // the pipe broke with the process: there is no more to read
    }
    if (line.size() > 0 && !cut) {
      hand(nanos.getAsLong());
    }
  }

  private void take(byte[] chunk, int length, long moment) {
    int begin = 0;
    for (int at = 0; at < length; at++) {
      if (chunk[at] == '\n') {
        append(chunk, begin, at, moment);
        if (!cut) {
          hand(moment);
        }
        line.reset();
        cut = false;
        begin = at + 1;
      }
    }
    append(chunk, begin, length, moment);
  }

  private void append(byte[] chunk, int begin, int end, long moment) {
    if (cut) {
      return;
    }
    int room = LONGEST - line.size();
    line.write(chunk, begin, Math.min(room, end - begin));
    if (end - begin > room) {
      cut = true;
      hand(moment);
    }
  }

  private void hand(long moment) {
    String text = line.toString(StandardCharsets.UTF_8);
    Flaw flaw = isBinary(text) ? Flaw.BINARY : cut ? Flaw.CUT : Flaw.NONE;
    String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    lines.accept(new OutputLine(moment, stream, shown, flaw));
  }

  /// Whether it holds a control character that no terminal's text has, or bytes that are no UTF-8;
  /// the last character of a line that was cut is not asked.
  private boolean isBinary(String text) {
    String whole = cut && !text.isEmpty() ? text.substring(0, text.length() - 1) : text;
    return whole
        .chars()
        .anyMatch(character ->
            character == '\ufffd' || (character < ' ' && TEXT_CONTROLS.indexOf(character) < 0));
  }
}
