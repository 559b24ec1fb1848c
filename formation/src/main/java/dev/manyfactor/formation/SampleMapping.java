package dev.manyfactor.formation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// From the samples of a manifest, which have the right shape, to what they are.
///
/// @param problems gets what is wrong; the caller looks before it uses the result
record SampleMapping(ManifestProblems problems) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");

  List<Manifest.Sample> map(JsonNode list) {
    return list.valueStream().map(this::sample).toList();
  }

  private Manifest.Sample sample(JsonNode node) {
    String[] request = node.get("request").asString().split(" ", 2);
    requireKnown(node.get("request"), Set.of("{unique}"));
    optional(node, "read").ifPresent(path -> requireKnown(path, Set.of("{unique}", "{id}")));
    return new Manifest.Sample(
        request[0],
        request[1],
        optional(node, "scope").map(DependencyMapping::words).orElse(Set.of()),
        optional(node, "body").map(JsonNode::toString),
        optional(node, "read").map(JsonNode::asString),
        optional(node, "idempotency").map(JsonNode::asString));
  }

  private void requireKnown(JsonNode path, Set<String> known) {
    Matcher placeholders = PLACEHOLDER.matcher(path.asString());
    while (placeholders.find()) {
      String found = placeholders.group();
      if (!known.contains(found)) {
        problems.add(
            path,
            "samples: \"%s\" stands for nothing here; known are %s%s"
                .formatted(
                    found,
                    String.join(", ", known.stream().sorted().toList()),
                    Suggestion.didYouMean(found, known)));
      }
    }
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
