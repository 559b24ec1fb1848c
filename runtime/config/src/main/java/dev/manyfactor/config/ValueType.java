package dev.manyfactor.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A type that the text of a variable can become, and how the type is explained.
///
/// @param noun completes "set it to …", for example `a duration`
/// @param example a text that is accepted; empty where none would help
/// @param schema the keywords that describe the text in JSON Schema
/// @param secrecy whether and how much may be said about a value
/// @param parser reads a text that is not empty
record ValueType(
    String noun,
    String example,
    Map<String, Object> schema,
    Secrecy secrecy,
    Function<String, Parsed> parser) {

  /// How much may be said about a value.
  enum Secrecy {
    /// The value may be shown.
    OPEN,
    /// The value is never shown, but its type says what is wrong without giving it away.
    DISCREET,
    /// Neither the value nor what is wrong with it is shown.
    SILENT
  }

  ValueType(
      String noun, String example, Map<String, Object> schema, Function<String, Parsed> parser) {
    this(noun, example, schema, Secrecy.OPEN, parser);
  }

  ValueType with(Secrecy kept) {
    return new ValueType(noun, example, schema, kept, parser);
  }

  /// These values, separated by commas.
  ValueType list() {
    String examples = example.isEmpty() ? "" : example + "," + example;
    return new ValueType(
        "a comma-separated list, each " + noun, examples, Map.of(), secrecy, this::parseAll);
  }

  private Parsed parseAll(String text) {
    List<Object> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String element = part.strip();
      if (element.isEmpty()) {
        return new Parsed.Wrong(noun() + " between every two commas");
      }
      switch (parser.apply(element)) {
        case Parsed.Value(Object value) -> values.add(value);
        case Parsed.Wrong wrong -> {
          return wrong;
        }
        case Parsed.Refused refused -> {
          return refused;
        }
      }
    }
    return new Parsed.Value(List.copyOf(values));
  }
}
