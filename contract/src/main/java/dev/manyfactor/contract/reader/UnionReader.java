package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `oneOf` with a discriminator.
final class UnionReader {
  private static final String SCHEMAS = "#/components/schemas/";

  private final Components components;
  private final Node node;

  UnionReader(Components components, Node node) {
    this.components = components;
    this.node = node;
  }

  Declaration.Union read(String name) {
    node.only(Keywords.UNION);
    if (!node.text("type").orElse("object").equals("object")) {
      node.problem("type", "the choices are objects; leave the type out");
    }
    Optional<Node> discriminator =
        node.entry("discriminator")
            .flatMap(entry -> Node.of(name + ", discriminator", entry, node.problems()))
            .map(found -> found.only(Keywords.DISCRIMINATOR));
    if (!node.has("discriminator")) {
      node.problem(
          "oneOf",
          "a union needs a field that says which one it is: add discriminator: {propertyName: kind}, or use one object with optional fields");
    }
    String property = discriminator.flatMap(found -> found.text("propertyName")).orElse("");
    if (discriminator.isPresent() && property.isEmpty()) {
      discriminator.get().problem("must name the field: add propertyName");
    }
    return new Declaration.Union(
        name, node.about(), node.line(), property, variants(discriminator));
  }

  private List<Declaration.Variant> variants(Optional<Node> discriminator) {
    List<String> choices = choices();
    Map<String, String> textByChoice = new LinkedHashMap<>();
    for (Yaml.Entry entry :
        discriminator.map(found -> found.entries("mapping")).orElse(List.of())) {
      String choice = mapped(entry);
      boolean isKnown = choices.contains(choice);
      if (!isKnown) {
        problem(entry.line(), "the mapping of '%s' is none of the choices".formatted(entry.key()));
      } else if (textByChoice.putIfAbsent(choice, entry.key()) != null) {
        problem(entry.line(), choice + " is mapped twice; one text stands for each choice");
      }
    }
    return choices.stream()
        .map(choice ->
            new Declaration.Variant(
                textByChoice.getOrDefault(choice, choice), Names.schema(choice).orElse(choice)))
        .toList();
  }

  /// The name of the schema that an entry of the mapping means.
  private static String mapped(Yaml.Entry entry) {
    String target = entry.value() instanceof Yaml.Scalar scalar ? scalar.text() : "";
    return target.startsWith(SCHEMAS) ? target.substring(SCHEMAS.length()) : target;
  }

  private List<String> choices() {
    List<String> choices = new ArrayList<>();
    for (Yaml item : node.items("oneOf")) {
      if (!Combination.isNull(item)) {
        choice(item).ifPresent(choices::add);
      }
    }
    if (choices.isEmpty()) {
      node.problem("oneOf", "'oneOf' must have one choice or more");
    }
    return choices;
  }

  private Optional<String> choice(Yaml item) {
    Optional<Node> choice = Node.of(node.name() + ", oneOf", item.line(), item, node.problems());
    if (choice.isPresent() && !choice.get().has("$ref")) {
      boolean isSchema = choice.get().has("type") || choice.get().has("properties");
      if (!isSchema) { // a misspelt $ref is told by its keyword
        choice.get().only(Keywords.REFERENCE);
      }
      choice.get().problem("a choice needs a name: move it to components/schemas and $ref it");
      return Optional.empty();
    }
    return choice.flatMap(found -> components.resolve(found, "schemas")).map(Yaml.Entry::key);
  }

  private void problem(int line, String message) {
    node.problems().add(line, node.name() + ": " + message);
  }
}
