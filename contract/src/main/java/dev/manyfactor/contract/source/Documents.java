package dev.manyfactor.contract.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of a contract, each read when it is first referred to.
final class Documents {
  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:|//).*");
  private static final int MOST_HOPS = 32;

  /// A place in a file.
  ///
  /// @param document the file, from the folder of the contract
  /// @param pointer into it (RFC 6901); empty for all of it
  record Target(Path document, String pointer) {
    /// The name that the place has where it stands: the last part of the pointer, or the file's.
    String name() {
      if (pointer.isEmpty()) {
        return document.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
      }
      return unescaped(pointer.substring(pointer.lastIndexOf('/') + 1))
          .replaceAll("[^A-Za-z0-9._-]+", "-")
          .replaceAll("^-|-$", "");
    }
  }

  /// A place, what stands there, and the line of its key.
  record Found(Target target, Yaml value, int line) {}

  private final Path shown;
  private final Path main;
  private final Bundle.Folder folder;
  private final Problems problems;
  private final Map<Path, Optional<Yaml>> roots = new HashMap<>();

  /// @param shown the contract, as the build shows it
  Documents(Path shown, Bundle.Folder folder, Problems problems) {
    this.shown = shown;
    this.main = shown.getFileName();
    this.folder = folder;
    this.problems = problems;
  }

  /// The contract's own file.
  Path main() {
    return main;
  }

  /// Takes in the contract's own file.
  Optional<Yaml> first(String text) {
    Optional<Yaml> root = YamlParser.parse(text, problems);
    roots.put(main, root);
    return root;
  }

  /// What a `$ref` in `document` points to, through any that only point on; a problem at `line` and
  /// empty if there is nothing, or not in the contract's folder.
  Optional<Found> find(Path document, String reference, int line) {
    Optional<Target> target = target(document, reference, line);
    Optional<Found> found = target.flatMap(place -> at(place, line));
    for (int hops = 0; found.isPresent(); hops++) {
      Optional<Yaml.Entry> further = only(found.get().value());
      if (further.isEmpty() || found.get().target().document().equals(main)) {
        return found;
      }
      if (hops == MOST_HOPS) {
        problems.add(line, "the $ref %s only leads back to itself".formatted(reference));
        return Optional.empty();
      }
      Path from = found.get().target().document();
      String next = ((Yaml.Scalar) further.get().value()).text();
      found = target(from, next, further.get().line()).flatMap(place -> at(place, line));
    }
    return found;
  }

  /// The entry `$ref` of a mapping that has no other.
  static Optional<Yaml.Entry> only(Yaml value) {
    return value instanceof Yaml.Mapping mapping && mapping.entries().size() == 1
        ? mapping.entry("$ref").filter(entry -> entry.value() instanceof Yaml.Scalar)
        : Optional.empty();
  }

  private Optional<Target> target(Path document, String reference, int line) {
    int hash = reference.indexOf('#');
    String file = hash < 0 ? reference : reference.substring(0, hash);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    if (ADDRESS.matcher(file).matches()) {
      return refused(line, reference, "is an address; copy that file beside the contract");
    }
    if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
      return refused(line, reference, "is an anchor; write it like common.yaml#/components/…");
    }
    try {
      Path path = file.isEmpty() ? document : document.resolveSibling(decoded(file)).normalize();
      boolean isOutside = path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty();
      return isOutside
          ? refused(line, reference, "leads out of the contract's folder; copy that file into it")
          : Optional.of(new Target(path, decoded(pointer)));
    } catch (IllegalArgumentException broken) {
      return refused(line, reference, "is no path; write it like common.yaml#/components/…");
    }
  }

  private Optional<Found> at(Target target, int line) {
    Optional<Yaml.Entry> at =
        roots
            .computeIfAbsent(target.document(), path -> load(path, line))
            .map(root -> new Yaml.Entry("", root.line(), 1, root));
    if (at.isPresent() && !target.pointer().isEmpty()) {
      for (String key : target.pointer().substring(1).split("/", -1)) {
        at = at.flatMap(entry -> child(entry, unescaped(key)));
      }
      if (at.isEmpty()) {
        problems.add(
            line,
            "%s has no '%s'; correct the $ref, or add it"
                .formatted(shown(target.document()), target.pointer()));
      }
    }
    return at.map(entry -> new Found(target, entry.value(), entry.line()));
  }

  private static Optional<Yaml.Entry> child(Yaml.Entry at, String key) {
    return at.value() instanceof Yaml.Mapping mapping ? mapping.entry(key) : Optional.empty();
  }

  private Optional<Yaml> load(Path path, int line) {
    Optional<String> text = folder.read(path);
    if (text.isEmpty()) {
      problems.add(line, "there is no file %s; correct the $ref, or add it".formatted(shown(path)));
      return Optional.empty();
    }
    return YamlParser.parse(shown(path), text.get(), problems);
  }

  private String shown(Path path) {
    return shown.resolveSibling(path).toString();
  }

  private Optional<Target> refused(int line, String reference, String why) {
    problems.add(line, "the $ref %s %s".formatted(reference, why));
    return Optional.empty();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String unescaped(String key) {
    return key.replace("~1", "/").replace("~0", "~");
  }
}
