package dev.manyfactor.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kinds of job that this program can run.
final class Registry {
  private final Map<String, Declared<?>> kinds = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if the kind is there already
  void add(Declared<?> declared) {
    Declared<?> former = kinds.putIfAbsent(declared.kind(), declared);
    if (former != null) {
      throw new IllegalArgumentException(
          "the kind \"%s\" belongs to %s and cannot belong to %s as well; give one of them another name with @Kind"
              .formatted(declared.kind(), former.type().getName(), declared.type().getName()));
    }
  }

  Declared<?> of(String kind) {
    Declared<?> declared = kinds.get(kind);
    if (declared == null) {
      throw new IllegalStateException("no job of the kind \"" + kind + "\" is declared");
    }
    return declared;
  }

  Set<String> names() {
    return kinds.keySet();
  }

  List<Declared<?>> leased() {
    return kinds.values().stream().filter(Declared::leased).<Declared<?>>map(d -> d).toList();
  }

  List<Declared<?>> transactional() {
    return kinds.values().stream().filter(d -> !d.leased()).<Declared<?>>map(d -> d).toList();
  }
}
