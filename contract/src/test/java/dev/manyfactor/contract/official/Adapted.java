package dev.manyfactor.contract.official;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One group of the suite as part of a contract: its schema is the one field of an object.
///
/// What is changed on the way: `$schema` goes, since a contract says its dialect once; `$defs`
/// become components; what has no type gets one, see [Typing]. All else is left to the generator.
final class Adapted {
  private static final String COMPONENTS = "#/components/schemas/";
  private static final String DEFINITIONS = "#/$defs/";

  private final Suite.Group group;
  private final String type;
  private final JsonNode schema;
  private final Map<String, JsonNode> components = new LinkedHashMap<>();
  private final Map<String, String> nameByDefinition = new LinkedHashMap<>();
  private final Typing typing = new Typing(this::component);

  /// @param number tells the group's types from those of the others
  Adapted(Suite.Group group, int number) {
    this.group = group;
    this.type = "G" + number;
    this.schema = group.schema().deepCopy();
    if (schema instanceof ObjectNode object) {
      object.remove("$schema");
      share(object);
    }
    typing.complete(schema, group.documents().stream().map(Suite.Document::data).toList());
    components.put(type, wrapper());
  }

  Suite.Group group() {
    return group;
  }

  /// The Java type that has the schema's values in its one field.
  String type() {
    return type;
  }

  /// The types that were added, for the list.
  String added() {
    return String.join(" and ", typing.added());
  }

  /// The members of `components/schemas` that the group needs.
  Map<String, JsonNode> components() {
    return components;
  }

  /// A document for the codec of [#type].
  String document(Suite.Document document) {
    return Suite.MAPPER.createObjectNode().set("value", document.data()).toString();
  }

  /// Whether the document is valid by the schema as it stands in the contract.
  boolean expects(Suite.Document document) {
    return document.isValid() && typing.holds(schema, document.data());
  }

  private void share(ObjectNode root) {
    if (!root.has("$ref")) {
      components.put(type + "Value", root);
    }
    if (root.remove("$defs") instanceof ObjectNode definitions) {
      for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
        String name = type + "Shared" + nameByDefinition.size();
        nameByDefinition.put(definition.getKey(), name);
        components.put(name, definition.getValue());
      }
    }
    root.findParents("$ref").forEach(this::redirect);
    for (JsonNode component : components.values()) {
      component.findParents("$ref").forEach(this::redirect);
    }
  }

  private void redirect(JsonNode owner) {
    Optional<String> reference = owner.get("$ref").asStringOpt(); // or a property of that name
    reference
        .flatMap(this::nameOf)
        .ifPresent(name -> ((ObjectNode) owner).put("$ref", COMPONENTS + name));
  }

  private Optional<String> nameOf(String reference) {
    if (reference.equals("#")) {
      return Optional.of(type + "Value");
    }
    String definition =
        reference.startsWith(DEFINITIONS) ? reference.substring(DEFINITIONS.length()) : "";
    String name = URLDecoder.decode(definition, StandardCharsets.UTF_8);
    return Optional.ofNullable(nameByDefinition.get(name.replace("~1", "/").replace("~0", "~")));
  }

  private Optional<ObjectNode> component(String reference) {
    String name = reference.replace(COMPONENTS, "");
    return Optional.ofNullable(components.get(name))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  private ObjectNode wrapper() {
    ObjectNode wrapper = Suite.MAPPER.createObjectNode().put("type", "object");
    wrapper.putArray("required").add("value");
    ObjectNode properties = wrapper.putObject("properties");
    if (components.containsKey(type + "Value")) {
      properties.putObject("value").put("$ref", COMPONENTS + type + "Value");
    } else {
      properties.set("value", schema);
    }
    return wrapper;
  }
}
