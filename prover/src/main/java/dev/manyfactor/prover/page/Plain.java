package dev.manyfactor.prover.page;

/// Texts of strangers, made safe for a terminal: nothing in them steers it, hides or turns around
/// what follows.
final class Plain {
  private static final int CUT_MARK = 2; // " …"

  private Plain() {}

  /// The same in one line, with what steers written out: `\n`, `\u001b`.
  static String text(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(point, safe));
    return safe.toString();
  }

  /// The same, not longer than `most` characters.
  static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    int end = text.offsetByCodePoints(0, Math.max(0, most - CUT_MARK));
    return text.substring(0, end) + " …";
  }

  private static void append(int point, StringBuilder safe) {
    switch (point) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append(' ');
      default -> {
        if (steers(point)) {
          safe.append("\\u%04x".formatted(point));
        } else {
          safe.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
