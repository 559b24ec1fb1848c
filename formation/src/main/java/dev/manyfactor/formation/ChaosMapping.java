package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// From what a manifest, which has the right shape, says for `mf chaos` to what it means.
///
/// @param problems gets what is wrong; the caller looks before it uses the result
/// @param tree the whole manifest
record ChaosMapping(ManifestProblems problems, JsonNode tree) {

  Chaos map(JsonNode chaos) {
    if (chaos.isMissingNode()) {
      return Chaos.NOTHING;
    }
    requireDatabase(chaos);
    List<Chaos.Operation> operations = operations(chaos.path("operations"));
    return new Chaos(
        operations,
        background(chaos.path("background"), operations),
        chaos.path("invariants").valueStream().map(this::invariant).toList(),
        optional(chaos, "rest").map(JsonNode::asString),
        !chaos.path("tenants").asString("apart").equals("none"));
  }

  /// Every effect is looked for there.
  private void requireDatabase(JsonNode chaos) {
    boolean has =
        tree.path("dependencies")
            .valueStream()
            .anyMatch(one -> one.path("kind").asString("").equals("postgres"));
    if (!has) {
      problems.add(
          chaos,
          "chaos: effects are looked for in the service's database, but it has no dependency of the kind postgres");
    }
  }

  private List<Chaos.Operation> operations(JsonNode list) {
    List<Chaos.Operation> operations = new ArrayList<>();
    for (JsonNode node : list) {
      Set<String> before =
          operations.stream().map(Chaos.Operation::name).collect(Collectors.toSet());
      Chaos.Operation operation = operation(node);
      requireOnce(node, "operations", operation.name(), before);
      Stream.of("request", "body", "identity", "when")
          .flatMap(key -> optional(node, key).stream())
          .forEach(text -> requireKnown(text, before));
      operations.add(operation);
    }
    return operations;
  }

  private static Chaos.Operation operation(JsonNode node) {
    return new Chaos.Operation(
        node.get("name").asString(),
        SampleMapping.request(node),
        node.get("effects").asString(),
        node.path("identity").asString("{" + Placeholders.UNIQUE + "}"),
        optional(node, "when").map(JsonNode::asString));
  }

  /// Placeholders stand for something that is there when the request is made.
  private void requireKnown(JsonNode text, Set<String> before) {
    Placeholders.PLACEHOLDER
        .matcher(text.isString() ? text.asString() : text.toString())
        .results()
        .filter(found ->
            found.group(2) == null
                ? !found.group(1).equals(Placeholders.UNIQUE)
                : !before.contains(found.group(1)))
        .forEach(found ->
            problems.add(
                text,
                "chaos: \"%s\" stands for nothing; {unique} does, and a member of the answer to an operation before this one, for example %s"
                    .formatted(
                        found.group(),
                        before.stream()
                            .findFirst()
                            .map("{%s.id}"::formatted)
                            .orElse("{operation.id}"))));
  }

  private List<Chaos.Background> background(JsonNode list, List<Chaos.Operation> operations) {
    Set<String> names = operations.stream().map(Chaos.Operation::name).collect(Collectors.toSet());
    Set<String> processes =
        tree.path("processes").propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    Set<String> before = new HashSet<>();
    for (JsonNode node : list) {
      requireOnce(node, "background", node.get("name").asString(), before);
      before.add(node.get("name").asString());
      requireOneOf(node.get("process"), processes, "process types");
      optional(node, "after").ifPresent(after -> requireOneOf(after, names, "operations"));
    }
    return list.valueStream().map(ChaosMapping::background).toList();
  }

  private static Chaos.Background background(JsonNode node) {
    Map<String, String> environment = new LinkedHashMap<>();
    node.path("environment")
        .propertyStream()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString()));
    return new Chaos.Background(
        node.get("name").asString(),
        node.get("process").asString(),
        optional(node, "after").map(JsonNode::asString),
        environment,
        node.get("effects").asString(),
        optional(node, "waiting").map(JsonNode::asString));
  }

  private Chaos.Invariant invariant(JsonNode node) {
    return new Chaos.Invariant(
        node.get("name").asString(), query(node), optional(node, "equal").map(this::query));
  }

  private Chaos.Query query(JsonNode node) {
    Set<String> services =
        tree.path("dependencies")
            .valueStream()
            .filter(one -> one.path("kind").asString("").equals("service"))
            .map(one -> one.path("name").asString(""))
            .collect(Collectors.toSet());
    optional(node, "service")
        .ifPresent(service -> requireOneOf(service, services, "dependencies of the kind service"));
    return new Chaos.Query(
        optional(node, "service").map(JsonNode::asString), node.get("sql").asString());
  }

  private void requireOneOf(JsonNode value, Set<String> allowed, String what) {
    if (!allowed.contains(value.asString())) {
      problems.add(
          value,
          "chaos: \"%s\" is not one of the %s%s"
              .formatted(value.asString(), what, Suggestion.didYouMean(value.asString(), allowed)));
    }
  }

  private void requireOnce(JsonNode node, String list, String name, Set<String> before) {
    if (before.contains(name)) {
      problems.add(
          node.get("name"), "chaos.%s: the name \"%s\" is given twice".formatted(list, name));
    }
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
