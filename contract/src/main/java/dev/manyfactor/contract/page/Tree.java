package dev.manyfactor.contract.page;

import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;

/// A place in the text of a contract, from which others are reached through any `$ref`. Where
/// nothing stands there is nothing below either.
record Tree(Yaml root, Optional<Yaml> value) {
  /// All of a contract.
  static Tree of(Yaml root) {
    return new Tree(root, Optional.of(root));
  }

  /// What stands under a key.
  Tree at(String key) {
    Optional<Yaml> child =
        value.stream()
            .flatMap(mapping -> Yaml.entries(mapping).stream())
            .filter(entry -> entry.key().equals(key))
            .map(Yaml.Entry::value)
            .findFirst();
    return new Tree(root, child).resolved(0);
  }

  /// The keys of a mapping.
  List<String> keys() {
    return value.stream()
        .flatMap(mapping -> Yaml.entries(mapping).stream())
        .map(Yaml.Entry::key)
        .toList();
  }

  /// The items of a list.
  List<Tree> items() {
    return value.stream()
        .flatMap(list -> Yaml.items(list).stream())
        .map(item -> new Tree(root, Optional.of(item)).resolved(0))
        .toList();
  }

  /// The text under a key; empty if there is none.
  String text(String key) {
    return at(key).text();
  }

  /// The text that stands here; empty if there is none.
  String text() {
    return value
        .filter(Yaml.Scalar.class::isInstance)
        .map(scalar -> ((Yaml.Scalar) scalar).text().strip())
        .orElse("");
  }

  private Tree resolved(int hops) {
    Optional<String> reference =
        value.stream()
            .flatMap(mapping -> Yaml.entries(mapping).stream())
            .filter(entry -> entry.key().equals("$ref") && entry.value() instanceof Yaml.Scalar)
            .map(entry -> ((Yaml.Scalar) entry.value()).text())
            .findFirst();
    if (reference.isEmpty() || hops > 8) {
      return this;
    }
    Tree at = of(root);
    for (String key : reference.get().replaceFirst("^#/", "").split("/", -1)) {
      at = at.at(key.replace("~1", "/").replace("~0", "~"));
    }
    return at.resolved(hops + 1);
  }
}
