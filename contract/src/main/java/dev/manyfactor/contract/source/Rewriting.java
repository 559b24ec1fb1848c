package dev.manyfactor.contract.source;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A copy of a document, or of a part of one, in which each `$ref` is another. What is data and no
/// OpenAPI, such as an example, stays as it is.
final class Rewriting {
  /// A `$ref`.
  ///
  /// @param section the section of `components` that such a one belongs to
  record Use(String section, String reference, int line) {}

  private static final String SCHEMAS = "schemas";

  /// Their values are data.
  private static final Set<String> DATA = Set.of("example", "default", "const", "enum", "value");

  /// Below these, keys are names; the values are such as in the section of `components`.
  private static final Set<String> SECTIONS =
      Set.of(
          SCHEMAS,
          "responses",
          "headers",
          "requestBodies",
          "securitySchemes",
          "pathItems",
          "links",
          "callbacks");

  private final Function<Use, String> reference;

  Rewriting(Function<Use, String> reference) {
    this.reference = reference;
  }

  static String text(Yaml.Entry entry) {
    return entry.value() instanceof Yaml.Scalar scalar ? scalar.text() : "";
  }

  /// All of a document.
  Yaml all(Yaml root) {
    return one("", root);
  }

  /// Something that would stand in this section of `components`. Its own definitions are left out:
  /// what a `$ref` of them needs becomes a component.
  Yaml part(String section, Yaml value) {
    return one(
        section, value instanceof Yaml.Mapping mapping ? withoutDefinitions(mapping) : value);
  }

  private static Yaml withoutDefinitions(Yaml.Mapping mapping) {
    return new Yaml.Mapping(
        mapping.line(),
        mapping.entries().stream().filter(entry -> !entry.key().equals("$defs")).toList());
  }

  private Yaml one(String section, Yaml value) {
    return switch (value) {
      case Yaml.Scalar scalar -> scalar;
      case Yaml.Sequence sequence ->
          new Yaml.Sequence(
              sequence.line(), sequence.items().stream().map(item -> one(section, item)).toList());
      case Yaml.Mapping mapping ->
          new Yaml.Mapping(
              mapping.line(),
              mapping.entries().stream().map(entry -> entry(section, entry)).toList());
    };
  }

  private Yaml.Entry entry(String section, Yaml.Entry entry) {
    if (entry.key().equals("$ref") && entry.value() instanceof Yaml.Scalar) {
      return rewritten(section, entry);
    }
    Yaml value =
        switch (entry.key()) {
          case "properties", "patternProperties" -> named(SCHEMAS, entry.value());
          case "content" -> named("mediaTypes", entry.value());
          case "paths" -> named("pathItems", entry.value());
          case "mapping" -> mapping(entry.value());
          case "parameters", "examples" -> listOrNamed(entry);
          case "requestBody" -> one("requestBodies", entry.value());
          case String key when SECTIONS.contains(key) -> named(key, entry.value());
          case String key when DATA.contains(key) || key.startsWith("x-") -> entry.value();
          default -> one(SCHEMAS, entry.value());
        };
    return with(entry, value);
  }

  /// A list of parameters, or shared ones by name; a list of data, or examples by name.
  private Yaml listOrNamed(Yaml.Entry entry) {
    if (entry.value() instanceof Yaml.Mapping) {
      return named(entry.key(), entry.value());
    }
    return entry.key().equals("examples") ? entry.value() : one(entry.key(), entry.value());
  }

  private Yaml named(String section, Yaml value) {
    List<Yaml.Entry> entries =
        Yaml.entries(value).stream()
            .map(entry -> with(entry, one(section, entry.value())))
            .toList();
    return value instanceof Yaml.Mapping ? new Yaml.Mapping(value.line(), entries) : value;
  }

  /// The mapping of a discriminator holds references without `$ref`, and names.
  private Yaml mapping(Yaml value) {
    List<Yaml.Entry> entries =
        Yaml.entries(value).stream()
            .map(entry -> isReference(text(entry)) ? rewritten(SCHEMAS, entry) : entry)
            .toList();
    return value instanceof Yaml.Mapping ? new Yaml.Mapping(value.line(), entries) : value;
  }

  private static boolean isReference(String text) {
    return text.contains("#") || text.matches(".+\\.(ya?ml|json)");
  }

  private Yaml.Entry rewritten(String section, Yaml.Entry entry) {
    String other = reference.apply(new Use(section, text(entry), entry.line()));
    return with(entry, new Yaml.Scalar(entry.value().line(), Yaml.Type.TEXT, other));
  }

  private static Yaml.Entry with(Yaml.Entry entry, Yaml value) {
    return new Yaml.Entry(entry.key(), entry.line(), entry.column(), value);
  }
}
