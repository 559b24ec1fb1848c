package dev.manyfactor.formation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// From the dependencies of a manifest, which have the right shape, to what they are.
///
/// @param folder where the manifest lies
/// @param problems gets what is wrong; the caller looks before it uses the result
record DependencyMapping(Path folder, ManifestProblems problems) {

  List<Dependency> map(JsonNode list) {
    List<Dependency> dependencies = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : list) {
      Dependency dependency = dependency(node);
      if (!names.add(dependency.name())) {
        problems.add(
            node, "dependencies: the name \"%s\" is given twice".formatted(dependency.name()));
      }
      if (!(dependency instanceof Dependency.Service)
          && dependencies.stream().anyMatch(other -> other.getClass() == dependency.getClass())) {
        problems.add(
            node,
            "dependencies: a service has one %s, but \"%s\" is the second"
                .formatted(node.get("kind").asString(), dependency.name()));
      }
      dependencies.add(dependency);
    }
    return dependencies;
  }

  private Dependency dependency(JsonNode node) {
    String name = node.get("name").asString();
    boolean required = node.path("required").asBoolean(true);
    return switch (node.get("kind").asString()) {
      case "postgres" ->
          new Dependency.Postgres(
              name, node.get("version").asInt(), Implied.variable(node), required);
      case "service" ->
          new Dependency.Service(
              name, service(node.get("path")), Implied.variable(node), access(node), required);
      default ->
          new Dependency.Oidc(name, optional(node, "audience").map(JsonNode::asString), required);
    };
  }

  private Path service(JsonNode node) {
    Path other = folder.resolve(node.asString()).normalize();
    if (!Manifest.isIn(other)) {
      problems.add(
          node,
          "dependencies: %s holds neither %s nor %s"
              .formatted(node.asString(), Manifest.FILE, Procfile.FILE));
    }
    return other;
  }

  private static Optional<Dependency.Access> access(JsonNode node) {
    return optional(node, "scope")
        .map(scope ->
            new Dependency.Access(
                words(scope),
                optional(node, "audience").map(JsonNode::asString),
                optional(node, "tenant").map(JsonNode::asString)));
  }

  /// The words of a text, each once.
  static Set<String> words(JsonNode node) {
    return Stream.of(node.asString().strip().split("\\s+", -1)).collect(Collectors.toSet());
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
