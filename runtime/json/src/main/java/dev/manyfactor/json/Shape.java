package dev.manyfactor.json;

/// What a value that breaks a rule looks like, in words.
public final class Shape {
  private static final int LONGEST_SHOWN = 40;

  private Shape() {}

  /// The text in quotes if it is short and plain, else what kind of text it is.
  public static String shown(String text) {
    return isShort(text) && isPlain(text) ? '"' + text + '"' : of(text);
  }

  /// What kind of text it is, without a word of it.
  public static String of(String text) {
    int length = text.codePointCount(0, text.length());
    return "a string of " + length + (length == 1 ? " character" : " characters");
  }

  /// The number as it was written if that is short, else how long it is.
  static String shownNumber(String digits) {
    return isShort(digits) ? digits : "a number of " + digits.length() + " characters";
  }

  /// What a rule asks and what came instead, unless the rule says so itself.
  public static String told(String rule, String came) {
    return rule.contains(", but ") ? rule : rule + ", but is " + came;
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST_SHOWN;
  }

  /// Nothing that could look like another line, or like text in another direction.
  private static boolean isPlain(String text) {
    return text.codePoints()
        .allMatch(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR,
                  Character.SURROGATE,
                  Character.PRIVATE_USE,
                  Character.UNASSIGNED ->
                  false;
              default -> c != '"';
            });
  }
}
