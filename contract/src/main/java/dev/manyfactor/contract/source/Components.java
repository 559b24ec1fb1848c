package dev.manyfactor.contract.source;

import java.util.ArrayList;
import java.util.List;

/// A document whose components grow.
final class Components {
  private static final String KEY = "components";

  private Yaml root;

  Components(Yaml root) {
    this.root = root;
  }

  /// The sections of the components of a document.
  static List<Yaml.Entry> of(Yaml root) {
    return Yaml.entries(root).stream()
        .filter(entry -> entry.key().equals(KEY))
        .flatMap(entry -> Yaml.entries(entry.value()).stream())
        .toList();
  }

  /// The document with all of them.
  Yaml root() {
    return root;
  }

  /// Adds a component, or replaces the one of its name.
  void put(String section, Yaml.Entry component) {
    int line = component.line();
    Yaml components = child(root, KEY, line);
    Yaml named = with(child(components, section, line), component);
    Yaml grown = with(components, new Yaml.Entry(section, line, 1, named));
    root = with(root, new Yaml.Entry(KEY, line, 1, grown));
  }

  private static Yaml child(Yaml parent, String key, int line) {
    return Yaml.entries(parent).stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .map(Yaml.Entry::value)
        .orElse(new Yaml.Mapping(line, List.of()));
  }

  private static Yaml with(Yaml parent, Yaml.Entry added) {
    List<Yaml.Entry> entries = new ArrayList<>();
    for (Yaml.Entry entry : Yaml.entries(parent)) {
      entries.add(entry.key().equals(added.key()) ? added : entry);
    }
    if (!entries.contains(added)) {
      entries.add(added);
    }
    return new Yaml.Mapping(parent.line(), entries);
  }
}
