package dev.manyfactor.web;

/// What a request to an operation may carry as its body.
public sealed interface BodyRule {

  /// The rule of an operation without a request body: a body is refused (400).
  BodyRule NONE = new None();

  /// The rule of an operation with a JSON body of at most `maxBytes`.
  static BodyRule json(boolean required, int maxBytes) {
    return new Json(required, maxBytes);
  }

  /// The largest body that is read, in bytes; more is answered with 413.
  int maxBytes();

  /// No body.
  record None() implements BodyRule {
    @Override
    public int maxBytes() {
      return 0;
    }
  }

  /// A body of media type `application/json`; any other type is answered with 415.
  ///
  /// @param required whether a request without a body is a violation
  /// @param maxBytes 1 or more; the contract's default is 1 MiB
  record Json(boolean required, int maxBytes) implements BodyRule {
    public Json {
      if (maxBytes < 1) {
        throw new IllegalArgumentException("maxBytes must be 1 or more, but is " + maxBytes);
      }
    }
  }
}
