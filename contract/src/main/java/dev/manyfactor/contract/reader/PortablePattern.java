package dev.manyfactor.contract.reader;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether an expression means the same to Java as to ECMA-262, the notation of JSON Schema.
///
/// Allowed is what both share; what Java alone knows, or reads differently, is refused.
final class PortablePattern {
  private static final Set<Character> ESCAPED_LETTERS =
      Set.of('d', 'D', 'w', 'W', 's', 'S', 'b', 'B', 't', 'n', 'r', 'f');
  private static final Pattern CODE = Pattern.compile("x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}");
  private static final Pattern GROUP =
      Pattern.compile("\\(\\?(:|=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>)");

  private final String expression;
  private boolean inClass;

  private PortablePattern(String expression) {
    this.expression = expression;
  }

  /// What is wrong with the expression, with a remedy.
  static Optional<String> fault(String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException broken) {
      return Optional.of("the pattern is not a regular expression: " + broken.getDescription());
    }
    return new PortablePattern(expression).firstFault();
  }

  private Optional<String> firstFault() {
    for (int at = 0; at < expression.length(); at++) {
      Optional<String> fault = faultAt(at);
      if (fault.isPresent()) {
        return fault;
      }
      at += expression.charAt(at) == '\\' ? 1 : 0;
    }
    return Optional.empty();
  }

  private Optional<String> faultAt(int at) {
    char next = expression.charAt(at);
    if (next == '\\') {
      return escape(at + 1);
    }
    return inClass ? insideClass(at, next) : outsideClass(at, next);
  }

  private Optional<String> outsideClass(int at, char next) {
    if (next == '[') {
      inClass = true;
    } else if (next == '(' && expression.startsWith("(?", at)) {
      boolean isShared = GROUP.matcher(expression).region(at, expression.length()).lookingAt();
      return isShared
          ? Optional.empty()
          : refused(expression.substring(at, Math.min(at + 3, expression.length())));
    } else if (next == '+'
        && at > 0
        && "*+?}".indexOf(expression.charAt(at - 1)) >= 0
        && !isEscaped(at - 1)) {
      return refused("a possessive quantifier");
    }
    return Optional.empty();
  }

  private Optional<String> insideClass(int at, char next) {
    if (next == ']') {
      inClass = false;
    } else if (next == '[') {
      return Optional.of("the pattern has an unescaped [ inside of [...]; write \\[");
    } else if (expression.startsWith("&&", at)) {
      return Optional.of("the pattern has && inside of [...]; write & once");
    }
    return Optional.empty();
  }

  private Optional<String> escape(int at) {
    char letter = expression.charAt(at);
    boolean isCode = CODE.matcher(expression).region(at, expression.length()).lookingAt();
    boolean isLetterOrDigit = Character.isLetterOrDigit(letter);
    return !isLetterOrDigit || isCode || ESCAPED_LETTERS.contains(letter)
        ? Optional.empty()
        : refused("\\" + letter);
  }

  private boolean isEscaped(int at) {
    int backslashes = 0;
    while (at - backslashes > 0 && expression.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static Optional<String> refused(String what) {
    return Optional.of(
        "the pattern uses %s, which Java and ECMA-262 read differently; write it out"
            .formatted(what));
  }
}
