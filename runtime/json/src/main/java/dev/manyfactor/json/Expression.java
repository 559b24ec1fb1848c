package dev.manyfactor.json;

import java.util.regex.Pattern;

/// A regular expression of JSON Schema (ECMA-262), which Java looks for.
///
/// The contract's build refuses what only one of the two notations has. What both have but
/// understand differently is translated: `$`, which in Java also stands before a last line break;
/// `.`, which in Java leaves out U+0085; and `\s`, which in ECMA-262 holds the white space of
/// Unicode.
///
/// A search ends after so many steps for each character, and where it would need too deep a stack;
/// what it has not found by then counts as not there. So no text that a caller makes up for an
/// expression such as `^(a+)+$` keeps a processor. Immutable, safe on any thread.
public final class Expression {
  private static final String SPACE = "\\t\\n\\x0B\\f\\r \\u00a0\\ufeff\\u2028\\u2029\\p{Zs}";

  private final String written;
  private final Pattern pattern;

  private Expression(String written) {
    this.written = written;
    this.pattern = compile(written);
  }

  /// The expression as a contract has it.
  ///
  /// @throws java.util.regex.PatternSyntaxException if Java cannot read it
  public static Expression of(String written) {
    return new Expression(written);
  }

  /// Whether it is found somewhere in the text, within its steps.
  public boolean isFoundIn(CharSequence text) {
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (TooManySteps | StackOverflowError endless) {
      return false;
    }
  }

  /// A text of which only so much is looked at.
  private static final class Counted implements CharSequence {
    private static final long STEPS = 1_000_000; // some milliseconds
    private static final long STEPS_PER_CHARACTER = 100;

    private final CharSequence text;
    private long left;

    Counted(CharSequence text) {
      this.text = text;
      this.left = STEPS + STEPS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super("the expression takes too many steps", null, false, false);
    }
  }

  /// As the contract has it.
  @Override
  public String toString() {
    return written;
  }

  private static Pattern compile(String expression) {
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
