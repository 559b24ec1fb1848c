package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A type whose values fit in one text, so that it can be a field of a body, a parameter and a
/// header.
///
/// Immutable, safe on any thread. The same rules hold in each place; only the notation differs: in
/// a parameter a number is its plain decimal text.
public sealed interface Scalar<T> extends Codec<T>
    permits Among,
        Choice,
        Decimal,
        DecimalText,
        Float64,
        Formatted,
        Int32,
        Int64,
        Sensitive,
        Text,
        Truth {

  /// The value that the text of a parameter stands for.
  ///
  /// @return the value, or null if the text breaks a rule; then it has been reported
  @Nullable T parse(String text, Reporter reporter);

  /// The text that stands for `value`, as [#parse] reads it.
  ///
  /// @throws IllegalArgumentException if the value breaks a rule of its contract
  String text(T value);
}
