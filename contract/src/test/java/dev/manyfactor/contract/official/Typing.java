package dev.manyfactor.contract.official;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds a type to each schema that has none, and knows which documents are of these types.
///
/// JSON Schema says nothing of values of other types than a keyword is about: `maxItems` allows
/// every number. Generated code needs one type, so the type becomes part of the question, and what
/// is not of it has to be refused. That is exact where a value must keep all of its schemas: below
/// `properties`, `items`, `additionalProperties` and `$ref`. Nothing is added inside of other
/// keywords, such as `not`.
final class Typing {
  private static final Map<String, Set<String>> KEYWORDS =
      Map.of(
          "number",
              Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
          "string", Set.of("minLength", "maxLength", "pattern", "format", "contentEncoding"),
          "array", Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
          "object",
              Set.of(
                  "properties",
                  "required",
                  "additionalProperties",
                  "minProperties",
                  "maxProperties",
                  "propertyNames"));

  /// What says something of a value as a whole, or of types: no type can be added beside it.
  private static final List<String> COMBINED =
      List.of("allOf", "anyOf", "oneOf", "not", "if", "$dynamicRef", "$ref", "type");

  private final Function<String, Optional<ObjectNode>> shared;
  private final IdentityHashMap<ObjectNode, String> added = new IdentityHashMap<>();
  private final IdentityHashMap<ObjectNode, Boolean> visited = new IdentityHashMap<>();

  /// @param shared the schema that a `$ref` means
  Typing(Function<String, Optional<ObjectNode>> shared) {
    this.shared = shared;
  }

  /// Which types were added, in the order of the alphabet.
  Set<String> added() {
    return new TreeSet<>(added.values());
  }

  /// Adds what is missing in `schema`, by its keywords, else by the values that it judges.
  void complete(JsonNode schema, List<JsonNode> values) {
    if (!(schema instanceof ObjectNode object) || visited.put(object, true) != null) {
      return;
    }
    if (object.isEmpty()) {
      return; // any JSON
    }
    if (COMBINED.stream().noneMatch(object::has)) {
      add(object, type(object, values));
    }
    switch (object.path("type").asStringOpt().orElse("")) {
      case "array" -> completeArray(object, values);
      case "object" -> completeObject(object, values);
      default -> reference(object).ifPresent(target -> complete(target, values));
    }
  }

  /// Whether a value is of each type that was added to its schema.
  boolean holds(JsonNode schema, JsonNode value) {
    if (!(schema instanceof ObjectNode object)) {
      return true;
    }
    String type = added.get(object);
    if (type != null && !typeOf(value).equals(type)) {
      return false;
    }
    if (value.isArray()) {
      return value.valueStream().allMatch(item -> holds(object.path("items"), item));
    }
    if (value.isObject() && !value.properties().stream().allMatch(entry -> holds(object, entry))) {
      return false;
    }
    return reference(object).map(target -> holds(target, value)).orElse(true);
  }

  private boolean holds(ObjectNode schema, Map.Entry<String, JsonNode> field) {
    JsonNode own = schema.path("properties").path(field.getKey());
    return holds(own.isMissingNode() ? schema.path("additionalProperties") : own, field.getValue());
  }

  /// Without `items` they are any JSON, which has to be said; to be compared they need a type.
  private void completeArray(ObjectNode schema, List<JsonNode> values) {
    List<JsonNode> items =
        values.stream().filter(JsonNode::isArray).flatMap(JsonNode::valueStream).toList();
    boolean isOpen = !schema.has("items") && !schema.has("prefixItems");
    if (isOpen) {
      schema.putObject("items");
    }
    if (isOpen && schema.has("uniqueItems")) {
      add((ObjectNode) schema.get("items"), mostOf(items));
    }
    complete(schema.path("items"), items);
  }

  private void add(ObjectNode schema, String type) {
    schema.put("type", type);
    added.put(schema, type);
  }

  private void completeObject(ObjectNode schema, List<JsonNode> values) {
    Map<String, List<JsonNode>> valuesByName =
        values.stream()
            .filter(JsonNode::isObject)
            .flatMap(JsonNode::propertyStream)
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<JsonNode> own = valuesByName.remove(property.getKey());
      complete(property.getValue(), own == null ? List.of() : own);
    }
    List<JsonNode> others = new ArrayList<>();
    valuesByName.values().forEach(others::addAll);
    complete(schema.path("additionalProperties"), others);
  }

  private Optional<ObjectNode> reference(ObjectNode schema) {
    return schema.path("$ref").asStringOpt().flatMap(shared);
  }

  /// The type that its keywords are about; if that is not one type, the one of most values.
  private static String type(ObjectNode schema, List<JsonNode> values) {
    Set<String> types = new TreeSet<>();
    KEYWORDS.forEach((type, keywords) -> {
      if (keywords.stream().anyMatch(schema::has)) {
        types.add(type);
      }
    });
    schema.path("enum").forEach(value -> types.add(typeOf(value)));
    if (schema.has("const")) {
      types.add(typeOf(schema.get("const")));
    }
    return types.size() == 1 ? types.iterator().next() : mostOf(values);
  }

  private static String mostOf(List<JsonNode> values) {
    Map<String, Long> counts =
        values.stream()
            .map(Typing::typeOf)
            .filter(type -> !type.equals("null"))
            .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("string");
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> "number";
      case OBJECT -> "object";
      case STRING -> "string";
      case BINARY, MISSING, POJO -> throw new IllegalStateException("is not JSON: " + value);
    };
  }
}
