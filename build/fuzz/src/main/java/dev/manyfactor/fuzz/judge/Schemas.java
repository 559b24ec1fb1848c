package dev.manyfactor.fuzz.judge;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schemas of a contract, for a validator. Safe on many threads.
public final class Schemas {
  private static final String CONTRACT = "https://contract.example/openapi.yaml";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  private final SchemaRegistry registry;
  private final Map<String, Schema> byPointer = new ConcurrentHashMap<>();

  /// @param yaml the contract
  public Schemas(String yaml) {
    registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(), builder -> builder.schemas(Map.of(CONTRACT, yaml)));
  }

  /// What the document breaks of the schema at a JSON pointer of the contract; empty if nothing.
  public Optional<String> fault(String pointer, JsonNode document) {
    List<Error> errors = errors(pointer, document);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.toString());
  }

  /// Every rule that the document breaks.
  List<Error> errors(String pointer, JsonNode document) {
    Schema schema =
        byPointer.computeIfAbsent(
            pointer, it -> registry.getSchema(SchemaLocation.of(CONTRACT + "#" + it)));
    return schema.validate(
        document,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  /// The bytes as JSON, strictly; empty if they are none.
  public static Optional<JsonNode> parsed(byte[] bytes) {
    try {
      JsonNode document = MAPPER.readTree(bytes);
      return document.isMissingNode() ? Optional.empty() : Optional.of(document);
    } catch (JacksonException none) {
      return Optional.empty();
    }
  }
}
