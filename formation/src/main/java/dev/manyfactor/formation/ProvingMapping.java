package dev.manyfactor.formation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// From what a manifest, which has the right shape, says for the prover to what it means.
///
/// @param problems gets what is wrong; the caller looks before it uses the result
record ProvingMapping(ManifestProblems problems) {

  Proving map(JsonNode tree) {
    JsonNode variables = tree.path("variables");
    return new Proving(
        new VariableMapping(problems, tree).map(variables),
        optional(variables, "schema").map(line -> new Command(line.asString())),
        deadlines(tree.path("deadlines")),
        optional(tree, "info").map(JsonNode::asString),
        waivers(tree.path("waivers")),
        taskChanges(tree.path("tasks")));
  }

  private static Map<String, Set<String>> taskChanges(JsonNode tasks) {
    Map<String, Set<String>> changes = new HashMap<>();
    tasks
        .properties()
        .forEach(task -> {
          Set<String> tables = new LinkedHashSet<>();
          task.getValue().path("changes").forEach(table -> tables.add(table.asString()));
          changes.put(task.getKey(), Set.copyOf(tables));
        });
    return changes;
  }

  private static Proving.Deadlines deadlines(JsonNode node) {
    Proving.Deadlines usual = Proving.Deadlines.DEFAULT;
    return new Proving.Deadlines(
        time(node, "ready").orElse(usual.ready()),
        time(node, "response").orElse(usual.response()),
        time(node, "stop").orElse(usual.stop()),
        time(node, "recovery").orElse(usual.recovery()));
  }

  private static Optional<Duration> time(JsonNode node, String name) {
    return optional(node, name).map(JsonNode::asString).map(ProvingMapping::duration);
  }

  /// Of `10s`, `500ms` or `2m`.
  private static Duration duration(String text) {
    long number = Long.parseLong(text.replaceAll("[a-z]", ""));
    return switch (text.replaceAll("[0-9]", "")) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  private List<Proving.Waiver> waivers(JsonNode list) {
    List<Proving.Waiver> waivers = new ArrayList<>();
    Set<String> requirements = new HashSet<>();
    for (JsonNode node : list) {
      String requirement = node.get("requirement").asString();
      if (!requirements.add(requirement)) {
        problems.add(node.get("requirement"), "waivers: %s is waived twice".formatted(requirement));
      }
      day(node.get("until"))
          .map(until ->
              new Proving.Waiver(
                  requirement, node.get("reason").asString(), node.get("owner").asString(), until))
          .ifPresent(waivers::add);
    }
    return waivers;
  }

  private Optional<LocalDate> day(JsonNode node) {
    try {
      return Optional.of(LocalDate.parse(node.asString()));
    } catch (DateTimeException noSuchDay) {
      problems.add(node, "waivers: there is no day %s".formatted(node.asString()));
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }
}
