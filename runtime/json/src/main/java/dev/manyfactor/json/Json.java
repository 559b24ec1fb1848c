package dev.manyfactor.json;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Whole documents: from bytes to a value and back. Safe on any thread.
public final class Json {
  /// Deepest nesting of objects and arrays.
  public static final int MAX_DEPTH = 64;

  /// Longest document in bytes; a server usually sets a smaller bound of its own before.
  public static final int MAX_DOCUMENT = 16 << 20;

  /// Longest string value in characters.
  public static final int MAX_STRING = 4 << 20;

  /// Longest name of a field in characters.
  public static final int MAX_NAME = 256;

  /// Longest number in characters.
  public static final int MAX_NUMBER = 200;

  /// Most violations reported of one document; reading goes on, further ones are only counted.
  public static final int MAX_VIOLATIONS = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxDocumentLength(MAX_DOCUMENT)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /// `value` as a document of UTF-8, without a line break at its end.
  ///
  /// @throws IllegalArgumentException if the value breaks a rule of its contract, naming place and
  ///   rule
  public static <T> byte[] bytes(Codec<T> codec, T value) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      codec.write(new JsonWriter(generator), value);
    }
    return bytes.toByteArray();
  }

  /// Reads one document of UTF-8.
  public static <T> Parsed<T> parse(byte[] utf8, Codec<T> codec) {
    String fault = Encoding.fault(utf8);
    if (fault != null) {
      return new Parsed.Malformed<>(fault);
    }
    try (JsonParser parser = parser(utf8, 0)) {
      return parse(new JsonReader(parser, utf8), codec);
    } catch (JacksonException notJson) {
      return new Parsed.Malformed<>(Malformed.detail(notJson));
    }
  }

  /// A parser of what begins at `start`.
  static JsonParser parser(byte[] utf8, int start) {
    return FACTORY.createParser(ObjectReadContext.empty(), utf8, start, utf8.length - start);
  }

  private static <T> Parsed<T> parse(JsonReader reader, Codec<T> codec) {
    reader.start();
    T value = codec.read(reader);
    reader.finish();
    List<Violation> violations = reader.violations();
    if (value == null || !violations.isEmpty()) {
      return new Parsed.Invalid<>(violations);
    }
    return new Parsed.Valid<>(value);
  }
}
