package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `oneOf` of objects with a field that tells them apart: that of its discriminator, or one
/// that has another fixed text in each of them.
final class UnionReader {
  private static final String SCHEMAS = "#/components/schemas/";

  /// One of the objects.
  ///
  /// @param key the component; empty if it stands in place
  private record Choice(Optional<String> key, Yaml schema) {}

  private final SchemaReader schemas;
  private final Components components;
  private final FixedFields fixed;
  private final Node node;

  UnionReader(SchemaReader schemas, Components components, Node node) {
    this.schemas = schemas;
    this.components = components;
    this.fixed = new FixedFields(components);
    this.node = node;
  }

  Declaration.Union read(String name) {
    node.only(Keywords.UNION);
    if (!node.text("type").orElse("object").equals("object")) {
      node.problem("type", "the choices are objects; leave the type out");
    }
    List<Choice> choices = choices();
    Optional<Node> discriminator =
        node.entry("discriminator")
            .flatMap(entry -> Node.of(name + ", discriminator", entry, node.problems()))
            .map(found -> found.only(Keywords.DISCRIMINATOR));
    String property = property(discriminator, choices);
    return new Declaration.Union(
        name,
        node.about(),
        node.line(),
        property,
        variants(name, property, mapping(discriminator, choices), choices));
  }

  private String property(Optional<Node> discriminator, List<Choice> choices) {
    if (node.has("discriminator")) {
      Optional<String> property = discriminator.flatMap(found -> found.text("propertyName"));
      if (discriminator.isPresent() && property.isEmpty()) {
        discriminator.get().problem("must name the field: add propertyName");
      }
      return property.orElse("");
    }
    Optional<String> common = fixed.common(choices.stream().map(Choice::schema).toList());
    if (common.isEmpty()) {
      node.problem(
          "oneOf",
          "a union needs a field that says which one it is: add discriminator: {propertyName: kind}, or a required field with another const in each choice, or use one object with optional fields");
    }
    return common.orElse("");
  }

  /// The text of each component that the discriminator maps.
  private Map<String, String> mapping(Optional<Node> discriminator, List<Choice> choices) {
    Map<String, String> textByKey = new LinkedHashMap<>();
    for (Yaml.Entry entry :
        discriminator.map(found -> found.entries("mapping")).orElse(List.of())) {
      String key = mapped(entry);
      boolean isKnown = choices.stream().anyMatch(choice -> choice.key().equals(Optional.of(key)));
      if (!isKnown) {
        problem(entry.line(), "the mapping of '%s' is none of the choices".formatted(entry.key()));
      } else if (textByKey.putIfAbsent(key, entry.key()) != null) {
        problem(entry.line(), key + " is mapped twice; one text stands for each choice");
      }
    }
    return textByKey;
  }

  /// The name of the schema that an entry of the mapping means.
  private static String mapped(Yaml.Entry entry) {
    String target = entry.value() instanceof Yaml.Scalar scalar ? scalar.text() : "";
    return target.startsWith(SCHEMAS) ? target.substring(SCHEMAS.length()) : target;
  }

  private List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (Yaml item : node.items("oneOf")) {
      if (!Combination.isNull(item)) {
        choice(item).ifPresent(choices::add);
      }
    }
    if (node.items("oneOf").stream().allMatch(Combination::isNull)) {
      node.problem("oneOf", "'oneOf' must have one choice or more");
    }
    return choices;
  }

  private Optional<Choice> choice(Yaml item) {
    Optional<Node> choice = Node.of(node.name() + ", oneOf", item.line(), item, node.problems());
    boolean isInPlace = choice.isPresent() && !choice.get().has("$ref");
    if (isInPlace && !choice.get().has("type") && !choice.get().has("properties")) {
      choice.get().only(Keywords.REFERENCE); // a misspelt $ref is told by its keyword
    }
    return isInPlace
        ? Optional.of(new Choice(Optional.empty(), item))
        : choice
            .flatMap(found -> components.resolve(found, "schemas"))
            .map(entry -> new Choice(Optional.of(entry.key()), entry.value()));
  }

  private List<Declaration.Variant> variants(
      String name, String property, Map<String, String> textByKey, List<Choice> choices) {
    List<Declaration.Variant> variants = new ArrayList<>();
    for (Choice choice : choices) {
      Optional<String> fixedText = Optional.ofNullable(fixed.of(choice.schema()).get(property));
      if (choice.key().isPresent()) {
        String key = choice.key().get();
        String usual = node.has("discriminator") ? key : fixedText.orElse(key);
        variants.add(
            new Declaration.Variant(
                textByKey.getOrDefault(key, usual), Names.schema(key).orElse(key)));
      } else {
        inPlace(name, choice.schema(), fixedText).ifPresent(variants::add);
      }
    }
    return variants;
  }

  /// A choice that stands in place is named after the text by which it is known.
  private Optional<Declaration.Variant> inPlace(String name, Yaml choice, Optional<String> text) {
    String typeName = name + text.map(Names::type).orElse("");
    if (typeName.equals(name)) {
      problem(
          choice.line(),
          "a choice needs a name: move it to components/schemas and $ref it, or fix the text of the field by const");
      return Optional.empty();
    }
    Yaml.Entry entry = new Yaml.Entry("", choice.line(), 1, choice);
    Schema schema = schemas.read(node.name() + ", oneOf", typeName, entry);
    return Optional.of(schema.type())
        .filter(new Type.Reference(typeName)::equals)
        .map(_ -> new Declaration.Variant(text.orElseThrow(), typeName));
  }

  private void problem(int line, String message) {
    node.problems().add(line, node.name() + ": " + message);
  }
}
