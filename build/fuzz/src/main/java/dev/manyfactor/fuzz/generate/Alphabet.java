package dev.manyfactor.fuzz.generate;

import java.util.regex.Pattern;

/// What characters a text may have where it is to stand.
enum Alphabet {
  /// All of Unicode but `U+0000` and halves of pairs.
  ANY,
  /// A segment of a path: neither empty nor `.` nor `..`, alone or before a semicolon, without
  /// slashes, percent signs and control characters, which no service takes there, escaped or not.
  SEGMENT,
  /// Visible ASCII with spaces inside, and no comma: the value of a header, or one of several.
  HEADER;

  private static final Pattern DOTS = Pattern.compile("\\.\\.?(;.*)?", Pattern.DOTALL);

  /// Whether a text may stand there.
  boolean allows(String text) {
    return switch (this) {
      case ANY -> text.indexOf('\0') < 0;
      case SEGMENT ->
          !text.isEmpty()
              && !DOTS.matcher(text).matches()
              && text.chars()
                  .noneMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == '%');
      case HEADER ->
          text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ',')
              && !text.isEmpty()
              && text.equals(text.strip());
    };
  }
}
