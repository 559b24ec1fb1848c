package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The named types found so far. A type that is read again, where it is used, is the same.
final class Declarations {
  private final Map<String, Declaration> byName = new LinkedHashMap<>();
  private final Map<String, List<Yaml.Entry>> schemaByName = new HashMap<>();
  private final Problems problems;

  Declarations(Problems problems) {
    this.problems = problems;
  }

  /// Adds a type.
  ///
  /// @param node the schema that it is made of; another one cannot have the same name
  void add(Node node, Declaration declaration) {
    Declaration former = byName.putIfAbsent(declaration.name(), declaration);
    List<Yaml.Entry> schema = schemaByName.putIfAbsent(declaration.name(), node.entries());
    if (former != null && schema != null && !schema.equals(node.entries())) {
      problems.add(
          node.line(),
          "the Java type %s is already made of the schema in %s; give one of them another name"
              .formatted(declaration.name(), problems.place(node.line(), former.line())));
    }
  }

  void replace(Declaration declaration) {
    byName.replace(declaration.name(), declaration);
  }

  void remove(String name) {
    byName.remove(name);
  }

  Optional<Declaration> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<Declaration> all() {
    return List.copyOf(byName.values());
  }
}
