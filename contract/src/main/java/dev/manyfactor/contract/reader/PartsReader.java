package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads which objects one is made of: itself, and those that its `allOf` names or holds.
final class PartsReader {
  /// One of the objects.
  ///
  /// @param name the component that it is, or that it stands in
  record Part(String name, Node node) {}

  private final Components components;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private PartsReader(Components components) {
    this.components = components;
  }

  /// The parts, in the order of the contract; only the object itself if it has no `allOf`.
  static List<Part> read(Components components, String name, Node node) {
    PartsReader reader = new PartsReader(components);
    reader.names.add(name);
    reader.add(name, node);
    if (reader.parts.size() > 1) {
      reader.parts.forEach(PartsReader::checkOpen);
    }
    return reader.parts;
  }

  /// Whether what the only item of an `allOf` holds or names is an object with fields.
  static boolean isOfObject(Components components, Node node) {
    return node.items("allOf").stream()
        .flatMap(
            item -> Node.of(node.name() + ", allOf", item.line(), item, node.problems()).stream())
        .flatMap(item ->
            item.has("$ref")
                ? components.resolve(item, "schemas").stream()
                    .flatMap(entry -> Node.of(entry.key(), entry, node.problems()).stream())
                : Stream.of(item))
        .anyMatch(PartsReader::hasFields);
  }

  private void add(String name, Node node) {
    for (Yaml item : node.items("allOf")) {
      Node.of(name + ", allOf", item.line(), item, node.problems())
          .ifPresent(part -> addItem(name, part));
    }
    parts.add(new Part(name, node));
  }

  private static void checkOpen(Part part) {
    if (part.node().has("additionalProperties")) {
      part.node()
          .problem(
              "additionalProperties",
              "would refuse the fields of the other parts of an allOf; leave it out, or write unevaluatedProperties: false beside the allOf");
    }
  }

  private void addItem(String name, Node item) {
    if (!item.has("$ref")) {
      if (!item.text("type").orElse("object").equals("object")) {
        item.problem("type", "allOf merges objects; write a type: object");
      }
      add(name, item.only(Keywords.PART));
      return;
    }
    Optional<Yaml.Entry> component = components.resolve(item, "schemas");
    component
        .flatMap(entry -> Node.of(entry.key(), entry, item.problems()))
        .filter(part -> isObject(item, part))
        .filter(_ -> names.add(component.get().key())) // once, however many ways lead to it
        .ifPresent(part -> add(javaName(component.get().key()), part));
  }

  private static boolean isObject(Node item, Node part) {
    if (!hasFields(part)) {
      item.problem(
          "$ref", "allOf merges objects with fields, but %s is none".formatted(part.name()));
    }
    return hasFields(part);
  }

  private static boolean hasFields(Node part) {
    return part.has("properties") || part.has("allOf");
  }

  private static String javaName(String component) {
    return Names.schema(component).orElse(component);
  }
}
