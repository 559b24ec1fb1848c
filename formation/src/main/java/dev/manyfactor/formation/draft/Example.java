package dev.manyfactor.formation.draft;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The least value that a schema of a contract takes, as far as that can be told.
///
/// @param document the whole contract, for its references
record Example(JsonNode document) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 8;
  private static final List<String> WORDS =
      List.of(
          "ada", "example", "Ada", "ADA", "EUR", "GB", "1", "order-1", "2026-01-31", "00000000");
  private static final Map<String, String> FORMATS =
      Map.of(
          "email", "{unique}@example.com",
          "uuid", "4b1c0a52-9d1e-4a56-8b1e-0f6f3f1b2a10",
          "date", "2026-01-31",
          "date-time", "2026-01-31T12:00:00Z",
          "uri", "https://example.com/",
          "duration", "PT5S");

  /// Of a parameter or a media type: what it gives as an example, or one of its schema.
  Optional<JsonNode> ofParameter(JsonNode holder) {
    return given(holder.path("example"))
        .or(() -> holder.path("examples").valueStream().findFirst().map(one -> one.path("value")))
        .filter(JsonNode::isValueNode)
        .or(() -> given(holder.path("example")))
        .or(() -> of(holder.path("schema"), DEEPEST));
  }

  /// What a reference inside of the document leads to; anything else as it is.
  JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    for (int steps = 0; steps < DEEPEST && at.has("$ref"); steps++) {
      String reference = at.get("$ref").asString("");
      at = document.at(reference.startsWith("#/") ? reference.substring(1) : "/nowhere");
    }
    return at;
  }

  private Optional<JsonNode> of(JsonNode written, int depth) {
    JsonNode schema = resolved(written);
    if (depth == 0 || !schema.isObject()) {
      return Optional.empty();
    }
    return Stream.of(
            schema.path("example"),
            schema.path("examples").path(0),
            schema.path("const"),
            schema.path("default"),
            schema.path("enum").path(0))
        .flatMap(node -> given(node).stream())
        .findFirst()
        .or(() -> made(schema, depth));
  }

  private Optional<JsonNode> made(JsonNode schema, int depth) {
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.path(0).asString("") : type.asString("");
    return switch (name) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "string" -> text(schema).map(NODES::stringNode);
      case "integer", "number" ->
          Optional.of(schema.has("minimum") ? schema.get("minimum") : NODES.numberNode(1));
      case "boolean" -> Optional.of(NODES.booleanNode(true));
      default -> schema.has("properties") ? object(schema, depth) : Optional.empty();
    };
  }

  private Optional<JsonNode> object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode name : schema.path("required")) {
      Optional<JsonNode> value = of(schema.path("properties").path(name.asString("")), depth - 1);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      object.set(name.asString(""), value.get());
    }
    return Optional.of(object);
  }

  private Optional<JsonNode> array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    if (schema.path("minItems").asInt(0) > 0) {
      Optional<JsonNode> item = of(schema.path("items"), depth - 1);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      array.add(item.get());
    }
    return Optional.of(array);
  }

  private static Optional<String> text(JsonNode schema) {
    Optional<String> formatted =
        Optional.ofNullable(FORMATS.get(schema.path("format").asString("")));
    return formatted.or(() -> WORDS.stream().filter(word -> fits(word, schema)).findFirst());
  }

  private static boolean fits(String word, JsonNode schema) {
    try {
      return word.length() >= schema.path("minLength").asInt(0)
          && word.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
          && (!schema.has("pattern")
              || Pattern.compile(schema.get("pattern").asString("")).matcher(word).find());
    } catch (PatternSyntaxException notOfJava) {
      return false;
    }
  }

  private static Optional<JsonNode> given(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
  }
}
