package dev.manyfactor.service;

import dev.manyfactor.config.Variable;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.web.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a service is made of: for a person as text, for a machine as JSON.
///
/// The JSON's names are a contract with the tool: they may be added to, never changed.
final class ServiceInfo {
  private final Composition composition;
  private final BuildInfo build;

  private ServiceInfo(Composition composition, BuildInfo build) {
    this.composition = composition;
    this.build = build;
  }

  static ServiceInfo of(Composition composition) {
    return new ServiceInfo(composition, BuildInfo.of(composition.loader()));
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", composition.name());
    build.commit().ifPresent(commit -> facts.put("commit", commit));
    facts.put("dirty", build.dirty());
    facts.put("java", Runtime.version().toString());
    facts.put("processes", composition.processTypes().stream().map(ProcessType::word).toList());
    facts.put("tasks", List.copyOf(composition.tasks().keySet()));
    facts.put("database", composition.declaredDatabase().isPresent());
    facts.put("upstreams", composition.upstreams().stream().map(Upstream::name).toList());
    facts.put("operations", operations());
    facts.put("queues", composition.declaredJobs().map(jobs -> jobs.kinds()).orElse(List.of()));
    facts.put(
        "schedules", composition.declaredJobs().map(jobs -> jobs.schedules()).orElse(List.of()));
    facts.put(
        "variables", composition.configuration().variables().stream().map(Variable::name).toList());
    return facts;
  }

  private List<String> operations() {
    List<String> operations = new ArrayList<>();
    composition
        .declaredRoutes()
        .ifPresent(routes -> {
          for (Operation operation : routes.operations()) {
            operations.add(operation.method() + " " + operation.path());
          }
        });
    return operations;
  }

  String text() {
    var text = new StringBuilder();
    facts().forEach((name, value) -> line(text, name, value));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    String shown =
        value instanceof Collection<?> several
            ? String.join("\n             ", several.stream().map(String::valueOf).toList())
            : String.valueOf(value);
    text.append("%-12s %s".formatted(name, shown).stripTrailing()).append('\n');
  }

  String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(facts());
  }
}
