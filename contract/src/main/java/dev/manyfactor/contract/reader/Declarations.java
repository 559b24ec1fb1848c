package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.source.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The named types found so far. A type that is read again, where it is used, is the same.
final class Declarations {
  private final Map<String, Declaration> byName = new LinkedHashMap<>();
  private final Problems problems;

  Declarations(Problems problems) {
    this.problems = problems;
  }

  void add(Declaration declaration) {
    Declaration former = byName.putIfAbsent(declaration.name(), declaration);
    if (former != null && former.line() != declaration.line()) {
      problems.add(
          declaration.line(),
          "the Java type %s is already made of line %d; give one of them another name"
              .formatted(declaration.name(), former.line()));
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
