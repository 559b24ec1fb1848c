package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.Optional;

/// Reads what a contract says of itself: nothing of it becomes code but titles and descriptions.
final class AboutReader {
  private final Problems problems;

  AboutReader(Problems problems) {
    this.problems = problems;
  }

  /// The `info` of the contract; everything else of its kind is checked for keywords.
  Optional<Node> read(Node root) {
    Optional<Node> info = child(root, "info", Keywords.INFO);
    if (info.isEmpty()) {
      root.problem("must say what it is: add info with title and version");
    }
    info.ifPresent(node -> child(node, "contact", Keywords.CONTACT));
    info.ifPresent(node -> child(node, "license", Keywords.LICENSE));
    for (Yaml item : root.items("tags")) {
      Node.of("tag", item.line(), item, problems).ifPresent(node -> node.only(Keywords.TAG));
    }
    return info;
  }

  private Optional<Node> child(Node owner, String key, Keywords keywords) {
    return owner
        .entry(key)
        .flatMap(entry -> Node.of(key, entry, problems))
        .map(node -> node.only(keywords));
  }
}
