package dev.manyfactor.fuzz.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads one operation.
final class OperationReader {
  private static final String KEY = "idempotency-key";

  private final Api api;
  private final String path;
  private final String method;
  private final String pointer;
  private final JsonNode operation;
  private final ShapeReader shapes;

  OperationReader(Api api, String path, String method) {
    this.api = api;
    this.path = path;
    this.method = method;
    this.pointer = "/paths/" + escaped(path) + "/" + method;
    this.operation = api.target("#" + pointer);
    this.shapes = new ShapeReader(api);
  }

  ApiOperation read() {
    return new ApiOperation(
        operation.path("operationId").asString(),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters().stream()
            .filter(it -> !it.name().toLowerCase(Locale.ROOT).equals(KEY))
            .toList(),
        body(),
        responses(),
        scopes(),
        keyed());
  }

  private List<ApiParameter> parameters() {
    Map<String, ApiParameter> found = new LinkedHashMap<>();
    List<JsonNode> nodes =
        new ArrayList<>(
            List.copyOf(api.target("#/paths/" + escaped(path)).path("parameters").values()));
    nodes.addAll(operation.path("parameters").values());
    for (JsonNode node : nodes) {
      ApiParameter parameter = parameter(api.followed(node));
      found.put(parameter.in() + parameter.name(), parameter);
    }
    return List.copyOf(found.values());
  }

  private ApiParameter parameter(JsonNode node) {
    var in = ApiParameter.In.valueOf(node.path("in").asString().toUpperCase(Locale.ROOT));
    return new ApiParameter(
        node.path("name").asString(),
        in,
        node.path("required").asBoolean(false),
        shapes.read(node.path("schema")),
        separator(node, in));
  }

  private static Optional<String> separator(JsonNode node, ApiParameter.In in) {
    if (in != ApiParameter.In.QUERY) {
      return Optional.of(",");
    }
    return switch (node.path("style").asString("form")) {
      case "spaceDelimited" -> Optional.of("%20");
      case "pipeDelimited" -> Optional.of("%7C");
      case String _ -> node.path("explode").asBoolean(true) ? Optional.empty() : Optional.of(",");
    };
  }

  private Optional<ApiOperation.ApiBody> body() {
    if (!operation.has("requestBody")) {
      return Optional.empty();
    }
    JsonNode body = api.followed(operation.path("requestBody"));
    return Optional.of(
        new ApiOperation.ApiBody(
            body.path("required").asBoolean(false),
            new ContentReader(api).read(body.path("content"))));
  }

  private Map<String, ApiResponse> responses() {
    Map<String, ApiResponse> found = new LinkedHashMap<>();
    for (String status : operation.path("responses").propertyNames()) {
      found.put(status, response(api.pointer(pointer + "/responses/" + status)));
    }
    return found;
  }

  private ApiResponse response(String at) {
    JsonNode response = api.target("#" + at);
    Map<String, String> schemas = new LinkedHashMap<>();
    for (String type : response.path("content").propertyNames()) {
      schemas.put(type, at + "/content/" + escaped(type) + "/schema");
    }
    Map<String, ApiResponse.ApiHeader> headers = new LinkedHashMap<>();
    for (String name : response.path("headers").propertyNames()) {
      String place = api.pointer(at + "/headers/" + escaped(name));
      JsonNode header = api.target("#" + place);
      headers.put(
          name,
          new ApiResponse.ApiHeader(
              header.path("required").asBoolean(false),
              shapes.read(header.path("schema")),
              place + "/schema"));
    }
    return new ApiResponse(schemas, headers);
  }

  private Optional<Set<String>> scopes() {
    Set<String> all = new TreeSet<>();
    JsonNode security = operation.path("security");
    for (JsonNode alternative : security.values()) {
      for (JsonNode scopes : alternative.values()) {
        scopes.values().forEach(scope -> all.add(scope.asString()));
      }
    }
    return security.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private boolean keyed() {
    JsonNode chosen = operation.path("x-idempotency");
    return chosen.isMissingNode()
        ? method.equals("post") || method.equals("patch")
        : chosen.asString("").equals("key");
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
