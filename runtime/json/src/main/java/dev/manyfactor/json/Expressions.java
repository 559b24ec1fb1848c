package dev.manyfactor.json;

import java.util.regex.Pattern;

/// Regular expressions of JSON Schema (ECMA-262) as Java has them.
///
/// The contract's build refuses what the two notations understand differently; two things remain to
/// be translated: `$`, which in Java also stands before a last line break, and `\s`, which in
/// ECMA-262 holds the white space of Unicode.
final class Expressions {
  private static final String SPACE = "\\t\\n\\x0B\\f\\r \\u00a0\\ufeff\\u2028\\u2029\\p{Zs}";

  private Expressions() {}

  static Pattern compile(String expression) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int at = 0; at < expression.length(); at++) {
      char next = expression.charAt(at);
      if (next == '\\' && at + 1 < expression.length()) {
        java.append(escape(expression.charAt(++at), inClass));
      } else if (next == '$' && !inClass) {
        java.append("\\z");
      } else {
        inClass = next == '[' || (inClass && next != ']');
        java.append(next);
      }
    }
    return Pattern.compile(java.toString());
  }

  private static String escape(char letter, boolean inClass) {
    return switch (letter) {
      case 's' -> inClass ? SPACE : "[" + SPACE + "]";
      case 'S' -> "[^" + SPACE + "]";
      default -> "\\" + letter;
    };
  }
}
