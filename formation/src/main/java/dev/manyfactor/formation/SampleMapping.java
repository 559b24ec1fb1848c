package dev.manyfactor.formation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// From the samples of a manifest, which have the right shape, to what they are.
///
/// @param problems gets what is wrong; the caller looks before it uses the result
record SampleMapping(ManifestProblems problems) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");
  private static final Pattern MEMBER = Pattern.compile("\\{[A-Za-z0-9_.-]+}");
  private static final String UNIQUE = "{unique}";

  List<Manifest.Sample> map(JsonNode list) {
    return list.valueStream().map(this::sample).toList();
  }

  private Manifest.Sample sample(JsonNode node) {
    requireUnique(node.get("request"));
    optional(node, "read").ifPresent(this::requireMembers);
    return request(node);
  }

  /// The request of a node that has the right shape, whatever its placeholders are.
  static Manifest.Sample request(JsonNode node) {
    String[] request = node.get("request").asString().split(" ", 2);
    return new Manifest.Sample(
        request[0],
        request[1],
        optional(node, "scope").map(DependencyMapping::words).orElse(Set.of()),
        optional(node, "body").map(JsonNode::toString),
        optional(node, "read").map(JsonNode::asString),
        optional(node, "idempotency").map(JsonNode::asString));
  }

  private void requireUnique(JsonNode path) {
    placeholders(path)
        .filter(found -> !found.equals(UNIQUE))
        .forEach(found ->
            problems.add(
                path,
                "samples: \"%s\" stands for nothing in a request; only %s does, for letters that no other request has%s"
                    .formatted(found, UNIQUE, Suggestion.didYouMean(found, Set.of(UNIQUE)))));
  }

  private void requireMembers(JsonNode path) {
    placeholders(path)
        .filter(found -> !MEMBER.matcher(found).matches() || found.equals(UNIQUE))
        .forEach(found ->
            problems.add(
                path,
                "samples: \"%s\" stands for no member of the answer; write for example {id}"
                    .formatted(found)));
  }

  private static Stream<String> placeholders(JsonNode path) {
    return PLACEHOLDER.matcher(path.asString()).results().map(MatchResult::group);
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
