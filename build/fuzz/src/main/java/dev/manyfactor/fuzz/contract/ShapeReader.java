package dev.manyfactor.fuzz.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a schema.
final class ShapeReader {
  private static final Set<String> NOTES =
      Set.of(
          "$ref",
          "description",
          "summary",
          "title",
          "deprecated",
          "default",
          "example",
          "examples");

  private final Api api;

  ShapeReader(Api api) {
    this.api = api;
  }

  Shape read(JsonNode schema) {
    if (schema.has("$ref")) {
      return reference(schema);
    }
    if (schema.has("allOf")) {
      JsonNode parts = schema.path("allOf");
      boolean isAnother = parts.size() == 1 && !schema.has("properties") && !schema.has("required");
      return isAnother ? read(parts.path(0)) : read(merged(schema));
    }
    if (schema.has("discriminator")) {
      return union(schema);
    }
    if (schema.has("oneOf") || schema.has("anyOf")) {
      return orNull(schema.path(schema.has("oneOf") ? "oneOf" : "anyOf"));
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return ofTypes(schema, type);
    }
    return ofType(schema, type.asString(implied(schema)));
  }

  private Shape reference(JsonNode schema) {
    String target = schema.path("$ref").asString();
    if (NOTES.containsAll(schema.propertyNames())) {
      return new Shape.Named(target);
    }
    ObjectNode both = ((ObjectNode) api.followed(schema)).deepCopy();
    schema.properties().stream()
        .filter(it -> !it.getKey().equals("$ref"))
        .forEach(it -> both.set(it.getKey(), it.getValue()));
    return read(both);
  }

  private Shape ofTypes(JsonNode schema, JsonNode types) {
    List<String> others =
        types.values().stream().map(JsonNode::asString).filter(it -> !it.equals("null")).toList();
    Shape shape = ofType(schema, others.getFirst());
    return others.size() < types.size() ? new Shape.Nullable(shape) : shape;
  }

  private Shape ofType(JsonNode schema, String type) {
    return switch (type) {
      case "string" -> ScalarReader.words(schema);
      case "integer", "number" -> ScalarReader.number(schema, type.equals("integer"));
      case "boolean" -> new Shape.Truth();
      case "array" ->
          new Shape.Sequence(
              read(schema.path("items")),
              schema.path("minItems").asInt(0),
              schema.path("maxItems").asInt(Integer.MAX_VALUE),
              schema.path("uniqueItems").asBoolean(false));
      case "object" ->
          schema.path("additionalProperties").isObject() ? mapping(schema) : struct(schema);
      default -> throw new IllegalArgumentException("no request is made of " + schema);
    };
  }

  private static String implied(JsonNode schema) {
    return schema.has("properties") || schema.has("additionalProperties") ? "object" : "string";
  }

  /// One schema beside null.
  private Shape orNull(JsonNode choices) {
    return choices.values().stream()
        .filter(choice -> !choice.path("type").asString("").equals("null"))
        .findFirst()
        .<Shape>map(choice -> new Shape.Nullable(read(choice)))
        .orElseThrow();
  }

  private Shape.Struct struct(JsonNode schema) {
    Set<String> required =
        schema.path("required").values().stream()
            .map(JsonNode::asString)
            .collect(Collectors.toSet());
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(it ->
            fields.put(
                it.getKey(), new Shape.Field(read(it.getValue()), required.contains(it.getKey()))));
    return new Shape.Struct(fields);
  }

  private Shape.Mapping mapping(JsonNode schema) {
    return new Shape.Mapping(
        read(schema.path("additionalProperties")),
        schema.path("minProperties").asInt(0),
        schema.path("maxProperties").asInt(Integer.MAX_VALUE),
        ScalarReader.words(schema.path("propertyNames")));
  }

  private Shape union(JsonNode schema) {
    JsonNode discriminator = schema.path("discriminator");
    Map<String, Shape> kinds = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    discriminator
        .path("mapping")
        .properties()
        .forEach(it -> texts.put(simple(it.getValue().asString()), it.getKey()));
    for (JsonNode choice : schema.path("oneOf").values()) {
      String name = simple(choice.path("$ref").asString());
      kinds.put(texts.getOrDefault(name, name), read(choice));
    }
    return new Shape.Union(discriminator.path("propertyName").asString(), kinds);
  }

  private static String simple(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /// The parts of an `allOf` and what stands beside it, as one schema.
  private ObjectNode merged(JsonNode schema) {
    ObjectNode all = JsonMapper.shared().createObjectNode().put("type", "object");
    schema.path("allOf").values().forEach(part -> merge(all, api.followed(part)));
    ObjectNode beside = ((ObjectNode) schema).deepCopy();
    beside.remove("allOf");
    merge(all, beside);
    return all;
  }

  private void merge(ObjectNode all, JsonNode part) {
    JsonNode whole = part.has("allOf") ? merged(part) : part;
    whole
        .path("properties")
        .properties()
        .forEach(it -> all.withObjectProperty("properties").set(it.getKey(), it.getValue()));
    whole.path("required").values().forEach(name -> all.withArrayProperty("required").add(name));
  }
}
