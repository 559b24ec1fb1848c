package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;

/// A schema that says something beside another one: `anyOf` or `oneOf` of it and null, or an
/// `allOf` of nothing else.
///
/// @param inner the other schema
/// @param nullable whether null is the alternative to it
record Combination(Yaml inner, boolean nullable) {
  /// Keywords that change nothing of what a value may be.
  private static final List<String> ANNOTATIONS =
      List.of("title", "description", "deprecated", "default", "example", "examples");

  /// What `node` combines; empty if it is none of these.
  static Optional<Combination> of(Node node) {
    return orNull(node, "anyOf").or(() -> orNull(node, "oneOf")).or(() -> only(node));
  }

  /// Whether a schema is `{type: "null"}`.
  static boolean isNull(Yaml schema) {
    return schema instanceof Yaml.Mapping mapping
        && mapping.entries().size() == 1
        && mapping
            .entry("type")
            .map(Yaml.Entry::value)
            .filter(type -> type instanceof Yaml.Scalar word && word.text().equals("null"))
            .isPresent();
  }

  private static Optional<Combination> orNull(Node node, String keyword) {
    if (node.has("discriminator") || !isSequence(node, keyword)) {
      return Optional.empty();
    }
    List<Yaml> choices = node.items(keyword);
    List<Yaml> others = choices.stream().filter(choice -> !isNull(choice)).toList();
    return choices.size() == 2 && others.size() == 1
        ? Optional.of(new Combination(others.getFirst(), true))
        : Optional.empty();
  }

  private static Optional<Combination> only(Node node) {
    boolean isAnnotated =
        node.entries().stream()
            .allMatch(entry -> entry.key().equals("allOf") || ANNOTATIONS.contains(entry.key()));
    return isAnnotated && isSequence(node, "allOf") && node.items("allOf").size() == 1
        ? Optional.of(new Combination(node.items("allOf").getFirst(), false))
        : Optional.empty();
  }

  private static boolean isSequence(Node node, String keyword) {
    return node.entry(keyword)
        .map(Yaml.Entry::value)
        .filter(Yaml.Sequence.class::isInstance)
        .isPresent();
  }
}
