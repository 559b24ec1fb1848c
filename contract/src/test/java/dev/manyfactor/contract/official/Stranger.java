package dev.manyfactor.contract.official;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.contract.source.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A public contract, and what the generator makes of it.
///
/// @param operations in its paths; 0 if they stand in other files
/// @param types what a caller of the service gets
/// @param server what a service that has this contract gets
record Stranger(
    Outside from,
    String sha256,
    long bytes,
    int operations,
    int schemas,
    Trial types,
    Trial server) {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /// Tries one document.
  static Stranger read(Outside document) throws IOException {
    String text = Files.readString(document.file());
    Optional<Yaml> root = YamlParser.parse(text, new Problems(document.path()));
    return new Stranger(
        document,
        Outside.sha256(List.of(document.file())),
        Files.size(document.file()),
        root.map(Stranger::operations).orElse(0),
        root.map(yaml -> entries(yaml, "components", "schemas").size()).orElse(0),
        Trial.of(document.file(), Kind.TYPES),
        Trial.of(document.file(), Kind.SERVER));
  }

  private static int operations(Yaml root) {
    return (int)
        entries(root, "paths").stream()
            .flatMap(path -> entries(path.value()))
            .filter(entry -> METHODS.contains(entry.key()))
            .count();
  }

  private static List<Yaml.Entry> entries(Yaml root, String... keys) {
    Stream<Yaml.Entry> found = entries(root);
    for (String key : keys) {
      found =
          found.filter(entry -> entry.key().equals(key)).flatMap(entry -> entries(entry.value()));
    }
    return found.toList();
  }

  private static Stream<Yaml.Entry> entries(Yaml value) {
    return value instanceof Yaml.Mapping mapping ? mapping.entries().stream() : Stream.empty();
  }
}
