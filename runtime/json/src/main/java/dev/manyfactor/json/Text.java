package dev.manyfactor.json;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A string, with the lengths, pattern and form that a contract asks for.
///
/// Lengths count code points. Refused always: `U+0000`, which neither PostgreSQL nor a header can
/// hold, and lone surrogates. The pattern is looked at only when the lengths are right.
///
/// @param minLength fewest code points
/// @param maxLength most code points
/// @param pattern found somewhere in the text; anchored only where it says so
/// @param form what the whole text must be
public record Text(int minLength, int maxLength, Optional<Expression> pattern, Form form)
    implements Scalar<String> {

  /// What the whole text must be.
  public enum Form {
    /// Any characters.
    ANY,
    /// `format: email`: `local@domain` of at most 254 characters, ASCII, nothing quoted.
    EMAIL
  }

  /// Any text.
  public static final Text ANY = new Text(0, Integer.MAX_VALUE, Optional.empty(), Form.ANY);

  /// An address for mail.
  public static final Text EMAIL = new Text(0, Integer.MAX_VALUE, Optional.empty(), Form.EMAIL);

  private static final Pattern EMAIL_ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

  /// Checks the lengths against each other.
  public Text {
    if (minLength < 0 || maxLength < minLength) {
      throw new IllegalArgumentException(
          "lengths must be 0 or more and in order, but are %d and %d"
              .formatted(minLength, maxLength));
    }
  }

  /// At least so many code points.
  public Text atLeast(int length) {
    return new Text(length, maxLength, pattern, form);
  }

  /// At most so many code points.
  public Text atMost(int length) {
    return new Text(minLength, length, pattern, form);
  }

  /// Where the expression is found; in the notation of JSON Schema (ECMA-262), see [Expression].
  public Text matching(String expression) {
    return new Text(minLength, maxLength, Optional.of(Expression.of(expression)), form);
  }

  @Override
  public @Nullable String read(JsonReader in) {
    String text = in.string();
    return text == null ? null : parse(text, in);
  }

  @Override
  public void write(JsonWriter out, String value) {
    out.string(value);
    parse(value, out);
  }

  @Override
  public @Nullable String parse(String text, Reporter reporter) {
    int length = text.codePointCount(0, text.length());
    if (length < minLength) {
      reporter.violation(
          "minLength", counted("must have at least ", minLength) + ", but has " + length);
    } else if (length > maxLength) {
      reporter.violation(
          "maxLength", counted("must have at most ", maxLength) + ", but has " + length);
    } else if (text.indexOf('\0') >= 0) {
      reporter.violation("format", "must not contain the character U+0000");
    } else if (pattern.isPresent() && !pattern.get().isFoundIn(text)) {
      reporter.violation("pattern", "must match " + pattern.get());
    } else if (form == Form.EMAIL && !isEmail(text)) {
      reporter.violation("format", "must be an email address, such as ada@example.com");
    } else {
      return text;
    }
    return null;
  }

  @Override
  public String text(String value) {
    parse(value, Nonconforming.REFUSES);
    return value;
  }

  private static boolean isEmail(String text) {
    return text.length() <= 254 && text.indexOf('@') <= 64 && EMAIL_ADDRESS.matcher(text).matches();
  }

  private static String counted(String words, int length) {
    return words + length + (length == 1 ? " character" : " characters");
  }
}
