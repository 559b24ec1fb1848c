package dev.manyfactor.web;

import java.util.List;
import java.util.Set;

/// What a request to an operation may carry as its body.
public sealed interface BodyRule {

  /// The rule of an operation without a request body: a body is refused (400).
  BodyRule NONE = new None();

  /// The rule of an operation with a JSON body of at most `maxBytes`.
  static BodyRule json(boolean required, long maxBytes) {
    return new Json(required, maxBytes);
  }

  /// The rule of an operation whose body is one file.
  ///
  /// @param mediaTypes what it may be, such as `image/png` or `image/*`; at least one
  static BodyRule file(boolean required, long maxBytes, String... mediaTypes) {
    return new File(required, maxBytes, Set.of(mediaTypes));
  }

  /// The rule of an operation whose body is a form with files.
  static BodyRule form(FormPart... parts) {
    return new Form(List.of(parts));
  }

  /// Whether a request without a body is a violation.
  boolean required();

  /// The largest body that is read, in bytes; more is answered with 413.
  long maxBytes();

  /// No body.
  record None() implements BodyRule {
    @Override
    public boolean required() {
      return false;
    }

    @Override
    public long maxBytes() {
      return 0;
    }
  }

  /// A body of media type `application/json`; any other type is answered with 415.
  ///
  /// @param maxBytes 1 or more, at most [#MOST]; the contract's default is 1 MiB
  record Json(boolean required, long maxBytes) implements BodyRule {
    /// The most that a document may be allowed: it is held in memory.
    public static final long MOST = 1 << 30;

    public Json {
      checkMaxBytes(maxBytes);
      if (maxBytes > MOST) {
        throw new IllegalArgumentException(
            "maxBytes must be at most " + MOST + ", but is " + maxBytes);
      }
    }
  }

  /// A body that is a file of one of these media types; any other type is answered with 415.
  ///
  /// @param maxBytes 1 or more
  record File(boolean required, long maxBytes, Set<String> mediaTypes) implements BodyRule {
    public File {
      mediaTypes = Set.copyOf(mediaTypes);
      checkMaxBytes(maxBytes);
      if (mediaTypes.isEmpty()) {
        throw new IllegalArgumentException("a file's body must have one media type or more");
      }
    }
  }

  /// A body of media type `multipart/form-data`, always required; any other type is answered with
  /// 415. All its texts and documents together may have 1 MiB, as a JSON body may.
  ///
  /// @param parts what it may have, by name
  record Form(List<FormPart> parts) implements BodyRule {
    /// How many bytes the headers of one part may have.
    static final int HEAD_BYTES = 4 * 1024;

    /// How many bytes all texts and documents may have: they are held in memory.
    static final int HELD_BYTES = 1 << 20;

    private static final int MORE_PARTS = 16;

    public Form {
      parts = List.copyOf(parts);
      long names = parts.stream().map(FormPart::name).distinct().count();
      if (parts.isEmpty() || names < parts.size()) {
        throw new IllegalArgumentException("a form must have parts, each of another name");
      }
    }

    @Override
    public boolean required() {
      return true;
    }

    /// What all parts may have together, with their headers and some room for those that must not
    /// be there and are told.
    @Override
    public long maxBytes() {
      long files = parts.stream().mapToLong(FormPart::fileBytes).sum();
      return files + HELD_BYTES + (long) mostParts() * 2 * HEAD_BYTES;
    }

    /// How many parts are read before the request is refused.
    int mostParts() {
      return parts.stream().mapToInt(FormPart::most).sum() + MORE_PARTS;
    }
  }

  private static void checkMaxBytes(long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be 1 or more, but is " + maxBytes);
    }
  }
}
