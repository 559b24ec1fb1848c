package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.standin.Answer;
import dev.manyfactor.prover.standin.Received;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a stand-in answers in place of a service whose contract is known: the first success that it
/// declares, with a body of the declared shape, members of the request that have the same name
/// taken over.
///
/// A job that calls another service then goes on as it would with that service. What the contract
/// does not say is answered `200` with `{}`. Safe on many threads.
final class ContractAnswers implements Function<Received, Answer> {
  private static final Answer ANY = Answer.json(200, "{}");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 8;
  private static final int SIZE_LIMIT = 4 << 20;

  private final JsonNode document;

  private ContractAnswers(JsonNode document) {
    this.document = document;
  }

  /// Those of the service in a folder; the same answer to everything where it has no contract that
  /// can be read.
  static Function<Received, Answer> ofServiceIn(Path folder) {
    try {
      return Manifest.read(folder)
          .contract()
          .<Function<Received, Answer>>map(ContractAnswers::of)
          .orElse(_ -> ANY);
    } catch (FormationException unreadable) {
      return _ -> ANY;
    }
  }

  private static Function<Received, Answer> of(Path contract) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(SIZE_LIMIT).build();
    try (InputStream text = Files.newInputStream(contract)) {
      Object read = new Load(settings).loadFromInputStream(text);
      return new ContractAnswers(JsonMapper.shared().valueToTree(read));
    } catch (IOException | YamlEngineException | JacksonException unreadable) {
      return _ -> ANY;
    }
  }

  @Override
  public Answer apply(Received request) {
    String method = request.method().toLowerCase(java.util.Locale.ROOT);
    String path = request.target().split("\\?", 2)[0];
    return document.path("paths").properties().stream()
        .filter(entry -> matches(entry.getKey(), path))
        .map(entry -> entry.getValue().path(method).path("responses"))
        .flatMap(responses -> responses.properties().stream())
        .filter(entry -> entry.getKey().matches("2\\d\\d"))
        .min(Map.Entry.comparingByKey())
        .map(entry -> answer(entry, request))
        .orElse(ANY);
  }

  private static boolean matches(String template, String path) {
    return path.matches(
        java.util.regex.Pattern.quote(template).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q"));
  }

  private Answer answer(Map.Entry<String, JsonNode> response, Received request) {
    int status = Integer.parseInt(response.getKey());
    JsonNode schema =
        resolved(response.getValue()).path("content").path("application/json").path("schema");
    return schema.isMissingNode()
        ? Answer.json(status, "")
        : Answer.json(status, String.valueOf(value(schema, sent(request), DEEPEST)));
  }

  private static JsonNode sent(Received request) {
    try {
      return JsonMapper.shared().readTree(request.body());
    } catch (JacksonException noJson) {
      return JSON.nullNode();
    }
  }

  private JsonNode value(JsonNode node, JsonNode sent, int depth) {
    JsonNode schema = resolved(node);
    Optional<JsonNode> said =
        first(schema.path("const"))
            .or(() -> first(schema.path("example")))
            .or(() -> first(schema.path("examples").path(0)))
            .or(() -> first(schema.path("enum").path(0)));
    if (said.isPresent()) {
      return said.get();
    }
    for (String choice : new String[] {"allOf", "oneOf", "anyOf"}) {
      if (schema.has(choice) && depth > 0) {
        return value(schema.path(choice).path(0), sent, depth - 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, sent, depth);
      case "array" -> JSON.arrayNode();
      case "integer", "number" -> JSON.numberNode(Math.max(1, schema.path("minimum").asLong(1)));
      case "boolean" -> JSON.booleanNode(true);
      case "null" -> JSON.nullNode();
      default -> JSON.stringNode(text(schema));
    };
  }

  private JsonNode object(JsonNode schema, JsonNode sent, int depth) {
    ObjectNode object = JSON.objectNode();
    if (depth > 0) {
      schema
          .path("required")
          .forEach(name -> {
            JsonNode given = sent.path(name.asString());
            object.set(
                name.asString(),
                given.isValueNode()
                    ? given
                    : value(
                        schema.path("properties").path(name.asString()),
                        JSON.nullNode(),
                        depth - 1));
          });
    }
    return object;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    String first = type.isArray() ? type.path(0).asString("") : type.asString("");
    return first.isEmpty() && schema.has("properties") ? "object" : first;
  }

  private static String text(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "uuid" -> UUID.randomUUID().toString();
      case "date-time" -> "2026-01-01T00:00:00Z";
      case "date" -> "2026-01-01";
      case "uri", "uri-reference" -> "/";
      case "email" -> "somebody@example.com";
      default -> "text".repeat(1 + schema.path("minLength").asInt(0) / 4);
    };
  }

  private static Optional<JsonNode> first(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /// What it refers to in the same document, or itself.
  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }
}
