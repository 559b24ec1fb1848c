package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;

/// Reads the `content` of a body: the one media type that it has.
final class ContentReader {
  private final Problems problems;

  ContentReader(Problems problems) {
    this.problems = problems;
  }

  /// The media type and its schema; a problem and empty if there is not exactly one, with a schema.
  Optional<Node> one(Node owner) {
    List<Yaml.Entry> types = owner.entries("content");
    if (types.size() != 1) {
      owner.problem("content", "'content' must have one media type, but has " + types.size());
      return Optional.empty();
    }
    Optional<Node> media = Node.of(types.getFirst().key(), types.getFirst(), problems);
    media.ifPresent(node -> node.only(Keywords.MEDIA_TYPE));
    if (media.isPresent() && !media.get().has("schema")) {
      problems.add(
          media.get().line(),
          "%s: %s has no schema; add one".formatted(owner.name(), media.get().name()));
      return Optional.empty();
    }
    return media;
  }

  /// The same where only `type` is allowed.
  ///
  /// @param otherwise what else a contract can say
  Optional<Node> only(Node owner, String type, String otherwise) {
    Optional<Node> media = one(owner);
    if (media.isPresent() && !media.get().name().equals(type)) {
      problems.add(
          media.get().line(),
          "%s: the media type %s is not supported; use %s, %s"
              .formatted(owner.name(), media.get().name(), type, otherwise));
      return Optional.empty();
    }
    return media;
  }
}
