package dev.manyfactor.config;

/// What came of the text of a variable.
sealed interface Parsed {

  /// It was understood.
  record Value(Object value) implements Parsed {}

  /// It breaks a rule of this package.
  ///
  /// @param rule completes "must be …"
  record Wrong(String rule) implements Parsed {}

  /// The type's own `parse` refused it.
  ///
  /// @param why the message of the refusal
  record Refused(String why) implements Parsed {}
}
