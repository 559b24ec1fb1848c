package dev.manyfactor.prover.standin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A line of a metrics page, read from left to right.
final class MetricLine {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("(?i)[-+]?inf(?:inity)?");

  private final String text;
  private int at;

  MetricLine(String text) {
    this.text = text;
  }

  /// Why a line cannot be read.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == text.length();
  }

  boolean takes(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  boolean isNext(char wanted) {
    skipBlanks();
    return at < text.length() && text.charAt(at) == wanted;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /// A name of a metric, plain or quoted.
  String metricName() throws Malformed {
    return isNext('"') ? quoted() : matching(METRIC, "the name of a metric");
  }

  /// The next word, up to a blank.
  String word(String what) throws Malformed {
    skipBlanks();
    int start = at;
    while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
      at++;
    }
    if (start == at) {
      throw new Malformed("%s is missing".formatted(what));
    }
    return text.substring(start, at);
  }

  double value() throws Malformed {
    String word = word("the value");
    if (INFINITE.matcher(word).matches()) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (word.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (!NUMBER.matcher(word).matches()) {
      throw new Malformed("\"%s\" is not a value".formatted(word));
    }
    return Double.parseDouble(word);
  }

  /// The labels behind an opening brace.
  ///
  /// @param quotedName where a name of the metric that stands among them is put, under the empty
  ///   label, which no label is called
  Map<String, String> labels(boolean quotedName) throws Malformed {
    Map<String, String> labels = new LinkedHashMap<>();
    boolean goesOn = !takes('}');
    while (goesOn) {
      boolean quoted = isNext('"');
      String label = quoted ? quoted() : matching(LABEL, "the name of a label");
      boolean named = quoted && quotedName && labels.isEmpty() && !isNext('=');
      if (!named && !takes('=')) {
        throw new Malformed("\"=\" is missing after the label \"%s\"".formatted(label));
      }
      if (labels.put(named ? "" : label, named ? label : quoted()) != null) {
        throw new Malformed("the label \"%s\" is given twice".formatted(label));
      }
      goesOn = takes(',') ? !takes('}') : isOpen();
    }
    return labels;
  }

  private boolean isOpen() throws Malformed {
    if (takes('}')) {
      return false;
    }
    throw new Malformed("\",\" or \"}\" is missing after a label");
  }

  private String matching(Pattern pattern, String what) throws Malformed {
    skipBlanks();
    var matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw new Malformed("%s is missing at character %d".formatted(what, at + 1));
    }
    at = matcher.end();
    return matcher.group();
  }

  private String quoted() throws Malformed {
    if (!takes('"')) {
      throw new Malformed("a quote is missing at character %d".formatted(at + 1));
    }
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at++);
      value.append(next == '\\' ? escaped() : next);
    }
    if (at == text.length()) {
      throw new Malformed("a text in quotes does not end");
    }
    at++;
    return value.toString();
  }

  private char escaped() throws Malformed {
    char next = at < text.length() ? text.charAt(at++) : ' ';
    return switch (next) {
      case '\\', '"' -> next;
      case 'n' -> '\n';
      default -> throw new Malformed("\"\\%c\" is not an escape".formatted(next));
    };
  }
}
