package dev.manyfactor.formation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// An OpenAPI document, wherever it lies: the contract, and samples made of its operations.
final class ContractClue implements Clue {
  private static final Pattern HEAD =
      Pattern.compile("(?m)^[ \\t{]*+[\"']?openapi[\"']?\\s*:\\s*[\"']?3\\.");
  private static final int MOST_SAMPLES = 3;

  @Override
  public void look(Folder folder, Draft draft) {
    folder.files(name -> name.matches(".*\\.(ya?ml|json)")).stream()
        .filter(name -> HEAD.matcher(folder.text(name)).find())
        .filter(name -> Trees.of(folder.text(name)).path("paths").isObject())
        .findFirst()
        .ifPresent(name -> {
          draft.contract(name);
          draft.infer("contract " + name, "its content");
          samples(Trees.of(folder.text(name)), draft);
        });
  }

  private static void samples(JsonNode document, Draft draft) {
    List<Draft.Request> writes = new ArrayList<>();
    List<Draft.Request> reads = new ArrayList<>();
    Example example = new Example(document);
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      request(document, example, path, "post").ifPresent(writes::add);
      request(document, example, path, "get").ifPresent(reads::add);
    }
    writes.stream().limit(1).forEach(draft::request);
    reads.stream().limit(MOST_SAMPLES).forEach(draft::request);
    if (!draft.requests().isEmpty()) {
      int count = draft.requests().size();
      draft.infer(count == 1 ? "1 sample" : count + " samples", "the contract");
      draft.ask("samples: whether the service answers these with a success");
    }
  }

  private static Optional<Draft.Request> request(
      JsonNode document, Example example, Map.Entry<String, JsonNode> path, String method) {
    JsonNode operation = path.getValue().path(method);
    if (!operation.isObject()) {
      return Optional.empty();
    }
    List<JsonNode> parameters = new ArrayList<>();
    path.getValue().path("parameters").forEach(node -> parameters.add(example.resolved(node)));
    operation.path("parameters").forEach(node -> parameters.add(example.resolved(node)));
    JsonNode body =
        example.resolved(operation.path("requestBody")).path("content").path("application/json");
    if (method.equals("post") && !body.isObject()) {
      return Optional.empty();
    }
    Optional<String> target = target(path.getKey(), parameters, example);
    Optional<String> json = example.ofParameter(body).map(JsonNode::toString);
    return target
        .filter(_ -> method.equals("get") || json.isPresent())
        .map(filled ->
            new Draft.Request(
                method.toUpperCase(Locale.ROOT) + " " + filled,
                scopes(document, operation),
                method.equals("get") ? Optional.empty() : json));
  }

  /// The path with what it must have put in; empty where that cannot be made up.
  private static Optional<String> target(String path, List<JsonNode> parameters, Example example) {
    String filled = path;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asString("");
      String in = parameter.path("in").asString("");
      if (in.equals("path")
          || (in.equals("query") && parameter.path("required").asBoolean(false))) {
        Optional<String> value =
            example
                .ofParameter(parameter)
                .map(node -> node.asString(""))
                .filter(text -> text.matches("[A-Za-z0-9._~-]+"));
        if (value.isEmpty() || (in.equals("path") && isMadeUpId(parameter))) {
          return Optional.empty();
        }
        if (in.equals("path")) {
          filled = filled.replace("{" + name + "}", value.get());
        } else {
          query.add(name + "=" + value.get());
        }
      }
    }
    String whole = query.isEmpty() ? filled : filled + "?" + String.join("&", query);
    return whole.matches("/[^\\s'{}]*") ? Optional.of(whole) : Optional.empty();
  }

  /// Whether a value of ours would name something that does not exist.
  private static boolean isMadeUpId(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    boolean isGiven =
        parameter.has("example")
            || schema.has("example")
            || schema.has("examples")
            || schema.has("enum")
            || schema.has("default");
    return !isGiven && !schema.has("pattern");
  }

  /// Those of the first requirement, separated by blanks.
  private static String scopes(JsonNode document, JsonNode operation) {
    JsonNode security = operation.path("security");
    JsonNode first = (security.isArray() ? security : document.path("security")).path(0);
    Set<String> scopes = new TreeSet<>();
    first.forEach(list -> list.forEach(scope -> scopes.add(scope.asString(""))));
    return String.join(" ", scopes);
  }
}
