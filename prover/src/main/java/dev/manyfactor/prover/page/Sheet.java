package dev.manyfactor.prover.page;

import java.util.ArrayList;
import java.util.List;

/// Lines for a terminal of some width. Every text goes through [Plain] here, before it gets a
/// colour, so that nothing can be forgotten.
final class Sheet {
  private static final int LABEL = 11;

  private final int width;
  private final Paint paint;
  private final StringBuilder text = new StringBuilder();

  Sheet(int width, Paint paint) {
    this.width = width;
    this.paint = paint;
  }

  int width() {
    return width;
  }

  /// An empty line.
  void gap() {
    text.append('\n');
  }

  /// A piece of a line, in a colour; [#end()] ends the line.
  void piece(Tone tone, String piece) {
    text.append(paint.with(tone, Plain.text(piece)));
  }

  /// A piece of a line.
  void piece(String piece) {
    text.append(Plain.text(piece));
  }

  /// Ends a line of pieces.
  void end() {
    while (text.length() > 0 && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    text.append('\n');
  }

  /// A text over as many lines as it takes.
  void paragraph(int indent, String words) {
    for (String line : wrapped(words, width - indent)) {
      text.append(" ".repeat(indent)).append(line).append('\n');
    }
  }

  /// A text behind a label, over as many lines as it takes.
  void labelled(String label, String words) {
    List<String> lines = wrapped(words, width - LABEL - 2);
    for (int number = 0; number < lines.size(); number++) {
      label(number == 0 ? label : "");
      text.append(lines.get(number)).append('\n');
    }
  }

  /// A command behind a label, in one line however long, so that it can be copied.
  void command(String label, String command) {
    label(label);
    text.append(paint.with(Tone.HEADING, Plain.text(command))).append('\n');
  }

  private void label(String label) {
    text.append("  ").append(paint.with(Tone.FAINT, ("%-" + LABEL + "s").formatted(label)));
  }

  /// Breaks at blanks, and a word that is longer than a line anywhere.
  static List<String> wrapped(String words, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Plain.text(words).split(" +", -1)) {
      if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      while (length(line) > width) {
        int end = line.offsetByCodePoints(0, width);
        lines.add(line.substring(0, end));
        line.delete(0, end);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
