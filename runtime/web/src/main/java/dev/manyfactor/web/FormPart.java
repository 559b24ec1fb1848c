package dev.manyfactor.web;

import java.util.Set;

/// What a form may have under one name.
///
/// @param name as it stands in the form
/// @param kind how its content is taken
/// @param maxBytes the largest content of one such part; a larger one ends the request with 413
/// @param most how many parts may have the name
/// @param mediaTypes the types or ranges that a file may say it is; empty for any
public record FormPart(String name, Kind kind, long maxBytes, int most, Set<String> mediaTypes) {
  private static final int FIELD_BYTES = 64 * 1024;
  private static final int DOCUMENT_BYTES = 1 << 20;

  /// How the content of a part is taken.
  public enum Kind {
    /// As text, in memory.
    FIELD,
    /// As a JSON document, in memory.
    DOCUMENT,
    /// As bytes, in scratch.
    FILE
  }

  public FormPart {
    mediaTypes = Set.copyOf(mediaTypes);
    if (maxBytes < 1 || most < 1) {
      throw new IllegalArgumentException(
          "the part %s must allow 1 byte and 1 part or more, but allows %d and %d"
              .formatted(name, maxBytes, most));
    }
  }

  /// Text of at most 64 KiB.
  public static FormPart field(String name) {
    return fields(name, 1);
  }

  /// A list of at most `most` texts, each a part of at most 64 KiB.
  public static FormPart fields(String name, int most) {
    return new FormPart(name, Kind.FIELD, FIELD_BYTES, most, Set.of());
  }

  /// A JSON document of at most 1 MiB.
  public static FormPart document(String name) {
    return new FormPart(name, Kind.DOCUMENT, DOCUMENT_BYTES, 1, Set.of());
  }

  /// A file of at most so many bytes.
  ///
  /// @param mediaTypes what it may be, such as `image/png` or `image/*`; none for anything
  public static FormPart file(String name, long maxBytes, String... mediaTypes) {
    return files(name, maxBytes, 1, mediaTypes);
  }

  /// At most `most` files of at most so many bytes each.
  public static FormPart files(String name, long maxBytes, int most, String... mediaTypes) {
    return new FormPart(name, Kind.FILE, maxBytes, most, Set.of(mediaTypes));
  }

  /// How many bytes all files of the name may have.
  long fileBytes() {
    return kind == Kind.FILE ? Math.multiplyExact(maxBytes, (long) most) : 0;
  }
}
