package dev.manyfactor.contract.source;

import java.util.List;
import java.util.Optional;

/// A value in a YAML document, and the line on which it starts. Immutable.
///
/// Lines count from 1 in the first file of a contract, and on in the others; see [Problems].
public sealed interface Yaml {
  /// The line on which the value starts.
  int line();

  /// What the value is, for a message.
  String kind();

  /// The keys and values of a mapping; none of any other value.
  static List<Entry> entries(Yaml value) {
    return value instanceof Mapping mapping ? mapping.entries() : List.of();
  }

  /// The values of a list; none of any other value.
  static List<Yaml> items(Yaml value) {
    return value instanceof Sequence sequence ? sequence.items() : List.of();
  }

  /// Keys and values in the order of the document; no key twice.
  record Mapping(int line, List<Entry> entries) implements Yaml {
    /// The entry of this key.
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /// One key of a mapping and its value.
  ///
  /// @param line the line of the key, which is where a reader looks
  /// @param column where in that line the key starts, from 1
  record Entry(String key, int line, int column, Yaml value) {}

  /// Values in order.
  record Sequence(int line, List<Yaml> items) implements Yaml {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /// A single value.
  ///
  /// @param text as it is written, without quotes
  record Scalar(int line, Type type, String text) implements Yaml {
    @Override
    public String kind() {
      return type.words;
    }
  }

  /// What a single value is by the core schema of YAML 1.2: `yes`, `on` and `NO` are text.
  enum Type {
    /// Quoted, or nothing else.
    TEXT("text"),
    /// Digits.
    WHOLE("a whole number"),
    /// Digits with a fraction or an exponent.
    DECIMAL("a decimal number"),
    /// `true` or `false`.
    TRUTH("true or false"),
    /// `null`, `~` or nothing at all.
    NOTHING("nothing");

    private final String words;

    Type(String words) {
      this.words = words;
    }
  }
}
