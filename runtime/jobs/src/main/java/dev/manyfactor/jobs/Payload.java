package dev.manyfactor.jobs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// How a payload is stored: as JSON, read back strictly and bounded in size.
///
/// A component that is missing, unknown, null or of another type is an error; `Optional` is how a
/// component may be absent, and how one is added while older jobs are waiting.
final class Payload {
  /// The longest stored form, in bytes of UTF-8.
  static final int MOST_BYTES = 64 * 1024;

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Payload::onlyText)
          .annotationIntrospector(new AllButOptional())
          .build();

  /// Every component is required, except those that may be absent.
  private static final class AllButOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember component) {
      return component.getRawType() != Optional.class;
    }
  }

  private Payload() {}

  private static void onlyText(MutableCoercionConfig text) {
    for (CoercionInputShape other :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      text.setCoercion(other, CoercionAction.Fail);
    }
  }

  /// @throws IllegalArgumentException if it cannot be written as JSON or is too large
  static String write(String kind, Record payload) {
    return written("payload", kind, payload);
  }

  /// The same for what a step has reached.
  static String writeCheckpoint(String kind, Record checkpoint) {
    return written("checkpoint", kind, checkpoint);
  }

  private static String written(String what, String kind, Record value) {
    String text = text(what, kind, value);
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a %1$s of %2$s must have at most %3$d bytes as JSON, but has %4$d; store the data in a table and put its key into the %1$s"
              .formatted(what, kind, MOST_BYTES, size));
    }
    return text;
  }

  /// @throws IllegalArgumentException if the text is not what this release writes
  static <P extends Record> P read(String kind, Class<P> type, String text) {
    return read("payload", kind, type, text);
  }

  /// The same for what a step has reached.
  static <C extends Record> C readCheckpoint(String kind, Class<C> type, String text) {
    return read("checkpoint", kind, type, text);
  }

  private static <T extends Record> T read(String what, String kind, Class<T> type, String text) {
    try {
      @Nullable T value = STRICT.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException("the stored %s of %s is null".formatted(what, kind));
      }
      return value;
    } catch (JacksonException refused) {
      throw new IllegalArgumentException(
          "the stored %s of %s does not fit %s: %s"
              .formatted(what, kind, type.getName(), refused.getOriginalMessage()),
          refused);
    }
  }

  private static String text(String what, String kind, Record value) {
    try {
      return STRICT.writeValueAsString(value);
    } catch (JacksonException refused) {
      throw new IllegalArgumentException(
          "a %s of %s cannot be written as JSON: %s"
              .formatted(what, kind, refused.getOriginalMessage()),
          refused);
    }
  }
}
