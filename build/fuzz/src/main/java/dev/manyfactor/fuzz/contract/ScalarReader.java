package dev.manyfactor.fuzz.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the schemas of strings and numbers.
final class ScalarReader {
  private ScalarReader() {}

  static Shape.Words words(JsonNode schema) {
    List<String> choices =
        schema.has("const")
            ? List.of(schema.path("const").asString())
            : schema.path("enum").values().stream()
                .filter(it -> !it.isNull())
                .map(JsonNode::asString)
                .toList();
    Optional<String> format = schema.path("format").asStringOpt();
    boolean base64 = schema.path("contentEncoding").asString("").equals("base64");
    return new Shape.Words(
        schema.path("minLength").asInt(0),
        schema.path("maxLength").asInt(Integer.MAX_VALUE),
        schema.path("pattern").asStringOpt(),
        base64 ? Optional.of("byte") : format,
        choices,
        schema.path("x-sensitive").asBoolean(false)
            || format.filter("password"::equals).isPresent());
  }

  static Shape number(JsonNode schema, boolean whole) {
    if (schema.has("const")) {
      return new Shape.Fixed(List.of(schema.path("const").asString()));
    }
    return schema.has("enum")
        ? new Shape.Fixed(schema.path("enum").values().stream().map(JsonNode::asString).toList())
        : numeric(schema, whole);
  }

  /// An integer without a format has 64 bits, or 32 where its bounds show that those will do; the
  /// bounds are then what counts.
  private static Shape.Numeric numeric(JsonNode schema, boolean whole) {
    Optional<String> format =
        schema
            .path("format")
            .asStringOpt()
            .or(() -> whole ? Optional.of("int64") : Optional.empty());
    return new Shape.Numeric(
        whole,
        format,
        limit(schema, "minimum", "exclusiveMinimum").or(() -> least(format.orElse(""))),
        limit(schema, "maximum", "exclusiveMaximum").or(() -> most(format.orElse(""))),
        decimal(schema.path("multipleOf")));
  }

  private static Optional<Shape.Limit> limit(JsonNode schema, String included, String excluded) {
    return decimal(schema.path(included))
        .map(value -> new Shape.Limit(value, true))
        .or(() -> decimal(schema.path(excluded)).map(value -> new Shape.Limit(value, false)));
  }

  private static Optional<Shape.Limit> least(String format) {
    return switch (format) {
      case "int32" -> Optional.of(included(Integer.MIN_VALUE));
      case "int64" -> Optional.of(included(Long.MIN_VALUE));
      default -> Optional.empty();
    };
  }

  private static Optional<Shape.Limit> most(String format) {
    return switch (format) {
      case "int32" -> Optional.of(included(Integer.MAX_VALUE));
      case "int64" -> Optional.of(included(Long.MAX_VALUE));
      default -> Optional.empty();
    };
  }

  private static Shape.Limit included(long value) {
    return new Shape.Limit(BigDecimal.valueOf(value), true);
  }

  private static Optional<BigDecimal> decimal(JsonNode number) {
    return number.isNumber() ? Optional.of(new BigDecimal(number.asString())) : Optional.empty();
  }
}
