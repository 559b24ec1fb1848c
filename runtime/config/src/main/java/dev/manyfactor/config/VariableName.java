package dev.manyfactor.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// How a name in Java is written in the environment: `attemptTimeout` is `ATTEMPT_TIMEOUT`.
final class VariableName {
  private static final Pattern SYNTAX = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern WORD_END = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern ACRONYM_END = Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])");

  private VariableName() {}

  /// The variable for `name`.
  ///
  /// @throws IllegalArgumentException if that gives no portable variable name
  static String of(String name) {
    String words = ACRONYM_END.matcher(WORD_END.matcher(name).replaceAll("_")).replaceAll("_");
    return checked(words.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /// The name of `part` under `prefix`, which may be empty.
  static String under(String prefix, String part) {
    return prefix.isEmpty() ? of(part) : prefix + "_" + of(part);
  }

  /// Whether `name` is written as a variable is.
  static boolean isWhole(String name) {
    return SYNTAX.matcher(name).matches();
  }

  /// The same name, if it is one.
  ///
  /// @throws IllegalArgumentException unless `name` is upper-case letters, digits and underscores
  static String checked(String name) {
    if (!isWhole(name)) {
      throw new IllegalArgumentException(
          "a variable name must be letters, digits and _, a letter first, but is "
              + Shown.text(name));
    }
    return name;
  }
}
