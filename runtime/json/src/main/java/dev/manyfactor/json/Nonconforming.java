package dev.manyfactor.json;

/// The answer to a value of our own that breaks its contract: a fault of the program, not of a
/// client.
final class Nonconforming {
  private Nonconforming() {}

  static IllegalArgumentException exception(String place, String rule, String detail) {
    return new IllegalArgumentException(
        "a value to be sent breaks the contract at '%s': %s: %s".formatted(place, rule, detail));
  }

  /// A reporter that throws, for values outside of a document, such as a header.
  static final Reporter REFUSES =
      (rule, detail) -> {
        throw exception("", rule, detail);
      };
}
