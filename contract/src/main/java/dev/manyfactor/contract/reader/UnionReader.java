package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `oneOf` of objects that a field tells apart: the one that its discriminator names, or
/// else one that is required in each of them and has another fixed text in each.
final class UnionReader {
  private static final String SCHEMAS = "#/components/schemas/";

  /// One of the objects.
  ///
  /// @param key its name under components/schemas; empty if it stands in place
  private record Choice(String key, Node node, FixedTexts texts) {}

  private final SchemaReader schemas;
  private final Components components;
  private final Node node;

  UnionReader(SchemaReader schemas, Components components, Node node) {
    this.schemas = schemas;
    this.components = components;
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
    String property = property(choices, discriminator);
    Map<String, String> mapped = mapping(choices, discriminator);
    List<Declaration.Variant> variants = new ArrayList<>();
    for (Choice choice : choices) {
      String text =
          Optional.ofNullable(mapped.get(choice.key()))
              .or(() -> choice.texts().of(property))
              .orElse(choice.key());
      structure(name, choice, text)
          .ifPresent(structure -> variants.add(new Declaration.Variant(text, structure)));
    }
    return new Declaration.Union(name, node.about(), node.line(), property, variants);
  }

  private String property(List<Choice> choices, Optional<Node> discriminator) {
    if (discriminator.isPresent()) {
      Optional<String> named = discriminator.get().text("propertyName");
      if (named.isEmpty()) {
        discriminator.get().problem("must name the field: add propertyName");
      }
      return named.orElse("");
    }
    Optional<String> told = FixedTexts.tellingApart(choices.stream().map(Choice::texts).toList());
    if (told.isEmpty() && !choices.isEmpty()) {
      node.problem(
          "oneOf",
          "a union needs a field that says which one it is: add discriminator: {propertyName: kind}, give each choice a required field with a const of its own, or use one object with optional fields");
    }
    return told.orElse("");
  }

  /// The text of each choice that the discriminator maps.
  private Map<String, String> mapping(List<Choice> choices, Optional<Node> discriminator) {
    Map<String, String> textByChoice = new LinkedHashMap<>();
    for (Yaml.Entry entry :
        discriminator.map(found -> found.entries("mapping")).orElse(List.of())) {
      String key = mapped(entry);
      boolean isKnown = choices.stream().anyMatch(choice -> choice.key().equals(key));
      if (!isKnown) {
        problem(entry.line(), "the mapping of '%s' is none of the choices".formatted(entry.key()));
      } else if (textByChoice.putIfAbsent(key, entry.key()) != null) {
        problem(entry.line(), key + " is mapped twice; one text stands for each choice");
      }
    }
    return textByChoice;
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
    if (node.items("oneOf").stream().allMatch(Combination::isNull)) { // others have their problems
      node.problem("oneOf", "'oneOf' must have one choice or more");
    }
    return choices;
  }

  private Optional<Choice> choice(Yaml item) {
    Optional<Node> choice = Node.of(node.name() + ", oneOf", item.line(), item, node.problems());
    if (choice.isPresent() && !choice.get().has("$ref")) {
      return inPlace(choice.get());
    }
    return choice
        .flatMap(found -> components.resolve(found, "schemas"))
        .flatMap(entry ->
            Node.of(entry.key(), entry, node.problems())
                .map(found -> new Choice(entry.key(), found, FixedTexts.of(components, found))));
  }

  private Optional<Choice> inPlace(Node choice) {
    if (choice.has("properties") || choice.has("allOf")) {
      return Optional.of(new Choice("", choice, FixedTexts.of(components, choice)));
    }
    boolean isObject = choice.text("type").filter("object"::equals).isPresent();
    if (isObject || !choice.has("type")) { // what is misspelt is told by its keyword
      choice.only(isObject ? Keywords.COMPOSED : Keywords.REFERENCE);
    }
    choice.problem("a choice is an object with fields; wrap the value in one");
    return Optional.empty();
  }

  /// The Java type of a choice: one that stands in place is named after its text.
  private Optional<String> structure(String union, Choice choice, String text) {
    if (!choice.key().isEmpty()) {
      return Optional.of(Names.schema(choice.key()).orElse(choice.key()));
    }
    if (text.isEmpty()) {
      choice.node().problem("a choice needs a name: move it to components/schemas and $ref it");
    }
    String name = union + (text.isEmpty() ? "Line" + choice.node().line() : Names.type(text));
    schemas.read(choice.node(), name);
    return Optional.of(name);
  }

  private void problem(int line, String message) {
    node.problems().add(line, node.name() + ": " + message);
  }
}
