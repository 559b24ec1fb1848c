package dev.manyfactor.telemetry;

/// Makes a text from anywhere fit for a log line: bounded, and well-formed Unicode.
final class LogText {
  private LogText() {}

  /// The text, cut after `longest` characters, without halves of surrogate pairs.
  static String fit(String text, int longest) {
    String cut = text.length() > longest ? text.substring(0, longest) : text;
    for (int i = 0; i < cut.length(); i++) {
      if (Character.isSurrogate(cut.charAt(i))) {
        return wellFormed(cut);
      }
    }
    return cut;
  }

  /// The text of any object; one whose `toString` fails must not fail whoever logs it.
  static String of(Object value, int longest) {
    try {
      return fit(String.valueOf(value), longest);
    } catch (RuntimeException | StackOverflowError failure) {
      return "(" + value.getClass().getName() + " without text)";
    }
  }

  private static String wellFormed(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .map(point ->
            point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
