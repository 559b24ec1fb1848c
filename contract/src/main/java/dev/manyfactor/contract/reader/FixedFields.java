package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The required fields of an object that can have one text only, by `const` or an `enum` of one:
/// what tells the choices of a union apart where no discriminator says so.
///
/// What is wrong in the objects is told where they are read.
final class FixedFields {
  private static final String SCHEMAS = "#/components/schemas/";

  /// So many references are followed one after another: an `allOf` may lead back to itself.
  private static final int DEEPEST = 8;

  private final Components components;

  FixedFields(Components components) {
    this.components = components;
  }

  /// The field that each of the objects has, with another text in each; the first, if there are
  /// several. Empty if there is none.
  Optional<String> common(List<Yaml> objects) {
    List<Map<String, String>> texts = objects.stream().map(this::of).toList();
    return texts.stream().findFirst().map(Map::keySet).orElse(Set.of()).stream()
        .filter(field -> texts.stream().allMatch(map -> map.containsKey(field)))
        .filter(field ->
            new HashSet<>(texts.stream().map(map -> map.get(field)).toList()).size()
                == texts.size())
        .findFirst();
  }

  /// The text of each such field, by its name.
  Map<String, String> of(Yaml object) {
    Map<String, String> texts = new LinkedHashMap<>();
    Set<String> required = new HashSet<>();
    collect(object, texts, required, DEEPEST);
    texts.keySet().retainAll(required);
    return texts;
  }

  private void collect(Yaml object, Map<String, String> texts, Set<String> required, int depth) {
    Yaml meant = followed(object, depth);
    at(meant, "required").map(Yaml::items).orElse(List.of()).stream()
        .flatMap(item -> text(item).stream())
        .forEach(required::add);
    for (Yaml.Entry field : at(meant, "properties").map(Yaml::entries).orElse(List.of())) {
      only(followed(field.value(), depth)).ifPresent(text -> texts.put(field.key(), text));
    }
    if (depth > 0) {
      at(meant, "allOf")
          .map(Yaml::items)
          .orElse(List.of())
          .forEach(part -> collect(part, texts, required, depth - 1));
    }
  }

  private Yaml followed(Yaml schema, int depth) {
    Optional<String> name =
        at(schema, "$ref")
            .flatMap(FixedFields::text)
            .filter(reference -> reference.startsWith(SCHEMAS))
            .map(reference -> reference.substring(SCHEMAS.length()));
    if (name.isEmpty() || depth == 0) {
      return schema;
    }
    return components.all("schemas").stream()
        .filter(entry -> entry.key().equals(name.get()))
        .findFirst()
        .map(entry -> followed(entry.value(), depth - 1))
        .orElse(schema);
  }

  /// The one text that a schema allows.
  private static Optional<String> only(Yaml schema) {
    Optional<Yaml> single =
        at(schema, "enum").map(Yaml::items).filter(items -> items.size() == 1).map(List::getFirst);
    return at(schema, "const").or(() -> single).flatMap(FixedFields::text);
  }

  private static Optional<Yaml> at(Yaml value, String key) {
    return value instanceof Yaml.Mapping mapping
        ? mapping.entry(key).map(Yaml.Entry::value)
        : Optional.empty();
  }

  private static Optional<String> text(Yaml value) {
    return value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
