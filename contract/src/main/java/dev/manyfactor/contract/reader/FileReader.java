package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Body;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a file may be.
final class FileReader {
  private static final Pattern RANGE = Pattern.compile("[a-z0-9.+_-]+/([a-z0-9.+_-]+|\\*)|\\*/\\*");

  private FileReader() {}

  /// The rule of a file with this schema.
  ///
  /// @param contentType the media types that are named beside the schema
  static Body.FileRule read(Node schema, Optional<String> contentType) {
    schema.only(Keywords.FILE);
    if (!schema.text("type").orElse("string").equals("string")) {
      schema.problem("type", "a file has type: string, or no type");
    }
    List<String> types =
        contentType
            .or(() -> schema.text("contentMediaType"))
            .map(FileReader::list)
            .orElse(List.of());
    for (String type : types) {
      if (!RANGE.matcher(type).matches()) {
        schema.problem("'%s' is no media type; write it like image/png".formatted(type));
      }
    }
    boolean isAny = types.contains("*/*");
    return new Body.FileRule(isAny ? List.of() : types, maxBytes(schema));
  }

  private static List<String> list(String types) {
    return Arrays.stream(types.split(",", -1)).map(String::strip).toList();
  }

  /// The bound that the schema names, or the usual one.
  static long maxBytes(Node schema) {
    Optional<Integer> most = schema.count("maxLength");
    if (most.isPresent() && most.get() == 0) {
      schema.problem("maxLength", "a file must be allowed 1 byte or more");
    }
    return most.filter(bytes -> bytes > 0)
        .map(Integer::longValue)
        .orElse(FileSchemas.USUAL_MAX_BYTES);
  }
}
