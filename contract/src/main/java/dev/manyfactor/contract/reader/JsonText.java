package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/// A value of the contract as JSON, to be read as a document would be.
final class JsonText {
  private JsonText() {}

  /// The JSON of `value`.
  ///
  /// @throws NumberFormatException if it holds a number that JSON has no notation for
  static String of(Yaml value) {
    return switch (value) {
      case Yaml.Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> quoted(entry.key()) + ":" + of(entry.value()))
              .collect(Collectors.joining(",", "{", "}"));
      case Yaml.Sequence sequence ->
          sequence.items().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
      case Yaml.Scalar scalar -> of(scalar);
    };
  }

  private static String of(Yaml.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> quoted(scalar.text());
      case WHOLE, DECIMAL -> new BigDecimal(scalar.text()).toString();
      case TRUTH -> scalar.text().toLowerCase(Locale.ROOT);
      case NOTHING -> "null";
    };
  }

  private static String quoted(String text) {
    String escaped =
        text.chars()
            .mapToObj(next ->
                next < ' ' || next == '"' || next == '\\'
                    ? "\\u%04x".formatted(next)
                    : String.valueOf((char) next))
            .collect(Collectors.joining());
    return '"' + escaped + '"';
  }
}
