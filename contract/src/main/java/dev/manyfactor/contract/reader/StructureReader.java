package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads an object with named fields, its own and those of the parts that it is made of.
final class StructureReader {
  private final SchemaReader schemas;
  private final Node node;
  private final List<PartsReader.Part> parts;
  private final Map<String, Integer> lineByName = new HashMap<>();
  private final Map<String, String> nameByComponent = new HashMap<>();

  StructureReader(SchemaReader schemas, Node node, List<PartsReader.Part> parts) {
    this.schemas = schemas;
    this.node = node;
    this.parts = parts;
  }

  Declaration.Structure read(String name) {
    Map<String, Yaml> required = required();
    List<Property> properties = new ArrayList<>();
    for (PartsReader.Part part : parts) {
      for (Yaml.Entry entry : part.node().entries("properties")) {
        if (isFirst(part.name(), entry)) {
          boolean isRequired = required.remove(entry.key()) != null;
          property(part.name(), entry, isRequired).ifPresent(properties::add);
        }
      }
    }
    required.forEach((field, item) ->
        node.problems()
            .add(
                item.line(),
                "%s: '%s' is required but is no property; add it or correct the name"
                    .formatted(name, field)));
    if (properties.isEmpty()) {
      node.problem(
          "properties",
          "an object must have one property or more; a map gives the schema of its values in additionalProperties");
    }
    if (node.has("default")) {
      node.problem("default", "a default for an object is not supported; give one to each field");
    }
    return new Declaration.Structure(name, node.about(), node.line(), properties, isClosed());
  }

  private Map<String, Yaml> required() {
    Map<String, Yaml> required = new LinkedHashMap<>();
    parts.stream()
        .flatMap(part -> part.node().items("required").stream())
        .filter(Yaml.Scalar.class::isInstance)
        .forEach(item -> required.put(((Yaml.Scalar) item).text(), item));
    return required;
  }

  /// Whether no other part has a field of this name.
  private boolean isFirst(String part, Yaml.Entry entry) {
    Integer former = lineByName.putIfAbsent(entry.key(), entry.line());
    if (former != null) {
      node.problems()
          .add(
              entry.line(),
              "%s.%s: the field stands in %s too, and %s has both; leave one out or rename it"
                  .formatted(
                      part, entry.key(), node.problems().place(entry.line(), former), node.name()));
    }
    return former == null;
  }

  private Optional<Property> property(String structure, Yaml.Entry entry, boolean required) {
    String place = structure + "." + entry.key();
    Schema schema = schemas.read(place, structure + Names.type(entry.key()), entry);
    Optional<String> component = Names.component(entry.key());
    if (component.isEmpty()) {
      node.problems()
          .add(entry.line(), place + ": no Java name can be made of it; start it with a letter");
      return Optional.empty();
    }
    String former = nameByComponent.put(component.get(), entry.key());
    if (former != null) {
      node.problems()
          .add(
              entry.line(),
              "%s: has the same Java name as '%s': %s".formatted(place, former, component.get()));
    }
    Presence presence = presence(schema, required);
    return Optional.of(
        new Property(
            entry.key(),
            component.get(),
            type(schema, presence),
            presence,
            schema.description(),
            schema.deprecated()));
  }

  /// A field that is required never has its default.
  private static Presence presence(Schema schema, boolean required) {
    if (schema.absent().isPresent() && !required) {
      return schema.absent().get();
    }
    if (schema.nullable()) {
      return required ? new Presence.Nullable() : new Presence.OptionalOrNull();
    }
    return required ? new Presence.Required() : new Presence.Optional();
  }

  /// A field that may be null but is something else when it is absent has null among its values.
  private static Type type(Schema schema, Presence presence) {
    boolean isPossible = schema.nullable() && !presence.isOptional();
    return isPossible ? new Type.Possible(schema.type()) : schema.type();
  }

  /// Whether the contract itself refuses other fields.
  private boolean isClosed() {
    if (node.has("unevaluatedProperties") && node.truth("unevaluatedProperties", false)) {
      node.problem("unevaluatedProperties", "write false, or leave it out");
    }
    if (node.has("allOf")) {
      return node.has("unevaluatedProperties");
    }
    Optional<Yaml.Entry> additional = node.entry("additionalProperties");
    boolean isFalse =
        additional
            .map(Yaml.Entry::value)
            .filter(value -> value instanceof Yaml.Scalar scalar && scalar.text().equals("false"))
            .isPresent();
    if (additional.isPresent() && !isFalse) {
      node.problem(
          "additionalProperties",
          "write false or leave it out; for a map give the schema of its values");
    }
    return isFalse;
  }
}
