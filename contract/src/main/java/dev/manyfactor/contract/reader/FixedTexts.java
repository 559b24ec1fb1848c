package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of an object that are required and always have the same text, by name.
record FixedTexts(Map<String, String> byName) {
  static FixedTexts of(Components components, Node node) {
    Map<String, String> byName = new LinkedHashMap<>();
    Set<String> required = new HashSet<>();
    for (PartsReader.Part part : PartsReader.read(components, node.name(), node)) {
      part.node().items("required").stream()
          .filter(Yaml.Scalar.class::isInstance)
          .forEach(item -> required.add(((Yaml.Scalar) item).text()));
      for (Yaml.Entry property : part.node().entries("properties")) {
        text(property.value()).ifPresent(text -> byName.put(property.key(), text));
      }
    }
    byName.keySet().retainAll(required);
    return new FixedTexts(byName);
  }

  /// What a field always is.
  Optional<String> of(String field) {
    return Optional.ofNullable(byName.get(field));
  }

  /// The first field that has another text in each of the objects; empty if none has.
  static Optional<String> tellingApart(List<FixedTexts> objects) {
    Map<String, Set<String>> textsByField = new HashMap<>();
    for (FixedTexts object : objects) {
      object
          .byName()
          .forEach(
              (field, text) -> textsByField.computeIfAbsent(field, _ -> new HashSet<>()).add(text));
    }
    return objects.stream()
        .limit(1)
        .flatMap(object -> object.byName().keySet().stream())
        .filter(field -> textsByField.getOrDefault(field, Set.of()).size() == objects.size())
        .findFirst();
  }

  private static Optional<String> text(Yaml schema) {
    if (!(schema instanceof Yaml.Mapping mapping)) {
      return Optional.empty();
    }
    List<Yaml> fixed =
        mapping
            .entry("const")
            .map(constant -> List.of(constant.value()))
            .or(() -> mapping.entry("enum").map(values -> Yaml.items(values.value())))
            .orElse(List.of());
    return fixed.size() == 1
            && fixed.getFirst() instanceof Yaml.Scalar(_, Yaml.Type type, String text)
            && type == Yaml.Type.TEXT
        ? Optional.of(text)
        : Optional.empty();
  }
}
