package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.trial.Running;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a process said before it ended.
final class LastWords {
  private static final int LONGEST = 200;
  private static final Pattern TAKEN =
      Pattern.compile(
          "EADDRINUSE|(address|port|socket)\\b.{0,60}\\b(in use|taken|occupied)",
          Pattern.CASE_INSENSITIVE);

  private LastWords() {}

  /// A line saying that a port is taken.
  static Optional<String> thatAPortIsTaken(Running running) {
    return running.process().output().lines().stream()
        .map(OutputLine::text)
        .filter(text -> TAKEN.matcher(text).find())
        .map(LastWords::shortened)
        .findFirst();
  }

  /// Its last line that is not blank.
  static String of(Running running) {
    List<OutputLine> lines = running.process().output().lines();
    return lines.reversed().stream()
        .map(OutputLine::text)
        .filter(text -> !text.isBlank())
        .map(LastWords::shortened)
        .findFirst()
        .orElse("it wrote nothing");
  }

  /// The line saying that a port is taken, or else its last one.
  static String ofThePort(Running running) {
    return thatAPortIsTaken(running).orElseGet(() -> of(running));
  }

  /// A line as findings quote it: not too long, and without what a terminal would obey.
  static String shortened(String text) {
    String shown = text.replaceAll("\\p{Cntrl}", "·");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + " …";
  }
}
