package dev.manyfactor.json;

import java.util.List;

/// What came of reading a document.
public sealed interface Parsed<T> {
  /// The document keeps every rule.
  record Valid<T>(T value) implements Parsed<T> {}

  /// It is JSON, but breaks these rules, in the order of the document; at most
  /// [Json#MAX_VIOLATIONS] of them.
  record Invalid<T>(List<Violation> violations) implements Parsed<T> {}

  /// It is not JSON as this module takes it.
  ///
  /// @param detail where and why, as in `line 3, column 14: a field has the same name as one before
  ///   it`
  record Malformed<T>(String detail) implements Parsed<T> {}
}
