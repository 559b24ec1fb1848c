package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.nio.charset.StandardCharsets;

/// Judges a value that a schema itself has by what the schema says of values.
final class ValueCheck {
  private final Node node;
  private final Declarations declarations;

  ValueCheck(Node node, Declarations declarations) {
    this.node = node;
    this.declarations = declarations;
  }

  /// Whether the value is one of the type; a problem for each rule that it breaks.
  ///
  /// @param what it is, such as `default`
  boolean isAllowed(String what, Yaml value, Type type) {
    try {
      byte[] document = JsonText.of(value).getBytes(StandardCharsets.UTF_8);
      return switch (Json.parse(document, new RuntimeCodecs(declarations).of(type))) {
        case Parsed.Valid<?> _ -> true;
        case Parsed.Malformed<?>(var detail) -> refused(what, value, detail);
        case Parsed.Invalid<?>(var violations) -> {
          violations.forEach(violation -> refused(what, value, told(violation)));
          yield false;
        }
      };
    } catch (NumberFormatException notJson) {
      return refused(what, value, "decimal notation: write its numbers in plain digits");
    }
  }

  private static String told(Violation violation) {
    String place = violation.pointer().isEmpty() ? "" : " at " + violation.pointer();
    return violation.rule() + place + ": " + violation.detail();
  }

  private boolean refused(String what, Yaml value, String fault) {
    node.problems().add(value.line(), "%s: the %s breaks %s".formatted(node.name(), what, fault));
    return false;
  }
}
