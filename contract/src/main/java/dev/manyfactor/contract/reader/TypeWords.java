package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads `type`: one of the six types of JSON, and whether null may stand there instead.
final class TypeWords {
  private static final Set<String> KNOWN =
      Set.of("string", "integer", "number", "boolean", "array", "object");

  private final Node node;

  TypeWords(Node node) {
    this.node = node;
  }

  /// The type beside "null"; a problem and empty if there is not exactly one.
  String type() {
    List<String> types = new ArrayList<>(words());
    types.remove("null");
    if (types.size() == 1 && KNOWN.contains(types.getFirst())) {
      return types.getFirst();
    }
    boolean isNull = types.isEmpty() && node.has("type") && words().contains("null");
    node.problem(
        "type",
        isNull
            ? "a value that is always null says nothing; leave it out"
            : "must have one type: string, integer, number, boolean, array or object, beside \"null\"");
    return "";
  }

  /// Whether null is allowed: by the type, and by the fixed values if there are such.
  boolean isNullable() {
    boolean byType = words().contains("null");
    if (!node.has("enum")) {
      return byType;
    }
    boolean byValues = values().stream().anyMatch(TypeWords::isNull);
    if (byType != byValues && node.has("type")) {
      node.problem(
          "enum",
          byType
              ? "null is allowed by the type, but is not in 'enum'; add it, or take it from the type"
              : "null is in 'enum', but not allowed by the type; write type: [%s, \"null\"]"
                  .formatted(String.join(", ", words())));
    }
    return byValues;
  }

  /// Whether a value is null.
  static boolean isNull(Yaml value) {
    return value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.NOTHING;
  }

  /// The words of `type`, or what is meant without it.
  private List<String> words() {
    if (!node.has("type")) {
      return meant();
    }
    boolean isList =
        node.entry("type")
            .map(Yaml.Entry::value)
            .filter(Yaml.Sequence.class::isInstance)
            .isPresent();
    return isList
        ? node.items("type").stream().map(TypeWords::word).toList()
        : node.text("type").stream().toList();
  }

  /// What has fields is an object and what has items is a list, though JSON Schema would take any
  /// other value too; fixed values have their types.
  private List<String> meant() {
    if (node.has("properties")) {
      return List.of("object");
    }
    return node.has("items") ? List.of("array") : ofValues();
  }

  private List<String> ofValues() {
    Set<Yaml.Type> types = EnumSet.noneOf(Yaml.Type.class);
    for (Yaml value : values()) {
      types.add(value instanceof Yaml.Scalar scalar ? scalar.type() : Yaml.Type.NOTHING);
    }
    return types.stream().map(TypeWords::word).toList();
  }

  private List<Yaml> values() {
    return node.entry("const")
        .map(constant -> List.of(constant.value()))
        .orElseGet(() -> node.has("enum") ? node.items("enum") : List.of());
  }

  private static String word(Yaml.Type type) {
    return switch (type) {
      case TEXT -> "string";
      case WHOLE -> "integer";
      case DECIMAL -> "number";
      case TRUTH -> "boolean";
      case NOTHING -> "null";
    };
  }

  private static String word(Yaml value) {
    return value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? scalar.text()
        : "";
  }
}
