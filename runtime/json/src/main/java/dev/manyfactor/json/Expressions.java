package dev.manyfactor.json;

import java.util.regex.Pattern;

/// Regular expressions of JSON Schema (ECMA-262) as Java has them.
///
/// The contract's build refuses what only one of the two notations has. What both have but
/// understand differently is translated: `$`, which in Java also stands before a last line break;
/// `.`, which in Java leaves out U+0085; and `\s`, which in ECMA-262 holds the white space of
/// Unicode.
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
      } else if (next == '.' && !inClass) {
        java.append("[^\\n\\r\\u2028\\u2029]");
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
