package dev.manyfactor.fuzz.judge;

import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.contract.ApiResponse;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.wire.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What the contract says of an answer that is no refusal: status, media type, body and headers.
final class ResponseRules {
  private final Schemas schemas;
  private final ApiOperation operation;
  private final Reply.Answer answer;
  private final List<Fault> faults = new ArrayList<>();

  ResponseRules(Schemas schemas, ApiOperation operation, Reply.Answer answer) {
    this.schemas = schemas;
    this.operation = operation;
    this.answer = answer;
  }

  List<Fault> faults(boolean isHead) {
    if (!operation.declares(answer.status())) {
      return List.of(
          new Fault("undeclared-status", "the contract does not list " + answer.status()));
    }
    ApiResponse response = operation.response(answer.status()).orElseThrow();
    if (response.schemas().isEmpty()) {
      require(answer.body().size() == 0, "schema", "a body where the contract has none");
    } else {
      content(response, isHead);
    }
    response.headers().forEach(this::header);
    return faults;
  }

  private void content(ApiResponse response, boolean isHead) {
    String type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    Optional<Map.Entry<String, String>> schema =
        response.schemas().entrySet().stream()
            .filter(it -> type.equals(it.getKey()) || type.startsWith(it.getKey() + ";"))
            .findFirst();
    require(
        schema.isPresent(),
        "content-type",
        "is '" + type + "', not of " + response.schemas().keySet());
    if (schema.isPresent() && !isHead && schema.get().getKey().endsWith("json")) {
      Optional<JsonNode> document = Schemas.parsed(answer.body().array());
      require(document.isPresent(), "schema", "is no JSON");
      document
          .flatMap(it -> schemas.fault(schema.get().getValue(), it))
          .ifPresent(fault -> require(false, "schema", fault));
    }
  }

  private void header(String name, ApiResponse.ApiHeader declared) {
    Optional<String> value = answer.header(name);
    require(value.isPresent() || !declared.required(), "header", name + " is missing");
    value
        .flatMap(text -> schemas.fault(declared.schema(), node(declared.shape(), text)))
        .ifPresent(fault -> require(false, "header", name + ": " + fault));
  }

  /// What the text of a header means where it is of this shape.
  private static JsonNode node(Shape shape, String text) {
    JsonMapper mapper = JsonMapper.shared();
    return switch (shape) {
      case Shape.Numeric _ when text.matches("-?[0-9.]+([eE][+-]?[0-9]+)?") ->
          mapper.getNodeFactory().numberNode(new BigDecimal(text));
      case Shape.Truth() when text.equals("true") || text.equals("false") ->
          mapper.getNodeFactory().booleanNode(text.equals("true"));
      case Shape.Sequence(var items, var _, var _, var _) -> {
        ArrayNode array = mapper.createArrayNode();
        if (!text.isEmpty()) {
          for (String item : text.split(",", -1)) {
            array.add(node(items, item.strip()));
          }
        }
        yield array;
      }
      case Shape _ -> mapper.getNodeFactory().stringNode(text);
    };
  }

  private void require(boolean holds, String rule, String detail) {
    if (!holds) {
      faults.add(new Fault(rule, detail + ": " + answer.text()));
    }
  }
}
