package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The shared parts of the contract, and the references to them.
final class Components {
  private final Problems problems;
  private final Map<String, List<Yaml.Entry>> sections = new HashMap<>();
  private final Set<String> followed = new HashSet<>();

  Components(Optional<Node> components, Problems problems) {
    this.problems = problems;
    for (String section :
        List.of(
            "schemas",
            "parameters",
            "responses",
            "headers",
            "requestBodies",
            "examples",
            "pathItems",
            "securitySchemes")) {
      sections.put(section, components.map(node -> node.entries(section)).orElse(List.of()));
    }
  }

  /// All of one section, in the order of the contract.
  List<Yaml.Entry> all(String section) {
    return sections.getOrDefault(section, List.of());
  }

  /// The component that a `$ref` in `node` points to; a problem and empty if there is none.
  Optional<Yaml.Entry> resolve(Node node, String section) {
    boolean isSchema = section.equals("schemas");
    node.only(isSchema ? Keywords.SCHEMA_REFERENCE : Keywords.REFERENCE);
    String prefix = "#/components/" + section + "/";
    return node.text("$ref")
        .flatMap(reference ->
            reference.startsWith(prefix)
                ? find(node, section, reference.substring(prefix.length()))
                : elsewhere(node, reference, prefix));
  }

  private Optional<Yaml.Entry> find(Node node, String section, String name) {
    Optional<Yaml.Entry> found =
        all(section).stream().filter(entry -> entry.key().equals(name)).findFirst();
    if (found.isEmpty()) {
      node.problem(
          "$ref",
          "components/%s has no '%s'%s".formatted(section, name, suggestion(section, name)));
    }
    return found.flatMap(entry -> behind(entry, section));
  }

  /// What a component means that only refers to another one: that one.
  private Optional<Yaml.Entry> behind(Yaml.Entry entry, String section) {
    Optional<Node> alias =
        entry.value() instanceof Yaml.Mapping mapping && mapping.entry("$ref").isPresent()
            ? Node.of(entry.key(), entry, problems)
            : Optional.empty();
    if (alias.isEmpty()) {
      return Optional.of(entry);
    }
    if (!followed.add(section + "/" + entry.key())) {
      alias.get().problem("$ref", "only leads back to itself; write out what it is");
      return Optional.empty();
    }
    Optional<Yaml.Entry> meant = resolve(alias.get().only(Keywords.REFERENCE), section);
    followed.remove(section + "/" + entry.key());
    return meant;
  }

  private String suggestion(String section, String name) {
    return all(section).stream()
        .map(Yaml.Entry::key)
        .min(Comparator.comparingInt(known -> Words.distance(known, name)))
        .filter(known -> Words.distance(known, name) <= 3)
        .map("; did you mean '%s'?"::formatted)
        .orElse("; add it");
  }

  /// A reference that does not lead into this document after bundling is a problem already.
  private static Optional<Yaml.Entry> elsewhere(Node node, String reference, String prefix) {
    if (reference.startsWith("#")) {
      node.problem(
          "$ref",
          "a $ref here must start with %s, but is %s; move what it means there"
              .formatted(prefix, reference));
    }
    return Optional.empty();
  }

  /// The object at `entry`, or the component that it refers to; with the problems of finding it.
  Optional<Node> follow(String name, int line, Yaml value, String section) {
    Optional<Node> node = Node.of(name, line, value, problems);
    if (node.isPresent() && node.get().has("$ref")) {
      return resolve(node.get(), section).flatMap(entry -> Node.of(entry.key(), entry, problems));
    }
    return node;
  }
}
