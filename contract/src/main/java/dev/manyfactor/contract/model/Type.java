package dev.manyfactor.contract.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// The type of a value.
public sealed interface Type {
  /// A type whose values fit in one text: allowed in parameters and headers.
  sealed interface Simple extends Type {}

  /// A string.
  ///
  /// @param pattern an expression of ECMA-262 that Java understands alike
  record Text(
      Form form, Optional<Integer> minLength, Optional<Integer> maxLength, Optional<String> pattern)
      implements Simple {}

  /// What a string without a Java type of its own must look like.
  enum Form {
    /// Anything.
    ANY,
    /// An address for mail.
    EMAIL
  }

  /// A type without settings.
  enum Plain implements Simple {
    /// `true` or `false`.
    BOOLEAN,
    /// `format: uuid`.
    UUID,
    /// `format: date`.
    DATE,
    /// `format: date-time`.
    DATE_TIME,
    /// `format: uri`.
    URI,
    /// `format: uri-reference`.
    URI_REFERENCE,
    /// `format: byte`.
    BYTES
  }

  /// A whole number between two bounds, both included.
  ///
  /// @param step what it is a multiple of, 1 or more
  record Whole(Width width, Optional<Long> minimum, Optional<Long> maximum, Optional<Long> step)
      implements Simple {}

  /// How many bits a whole number may need.
  enum Width {
    /// 32 bits.
    INT32,
    /// 64 bits.
    INT64
  }

  /// A number with a fraction, exact.
  ///
  /// @param step what it is a multiple of, above 0
  /// @param notation whether JSON has it as a number or in a string
  record Decimal(
      Optional<Limit> minimum,
      Optional<Limit> maximum,
      Optional<BigDecimal> step,
      Notation notation)
      implements Simple {}

  /// How a decimal number stands in JSON.
  enum Notation {
    /// As a number.
    NUMBER,
    /// In a string: `format: decimal`.
    TEXT
  }

  /// A number with a fraction in 64 bits: `format: double`.
  record Binary(Optional<Limit> minimum, Optional<Limit> maximum) implements Simple {}

  /// A bound of a number, and whether the number may equal it.
  record Limit(BigDecimal value, boolean included) {}

  /// A value that is told to nobody: `x-sensitive: true`, or `format: password`.
  record Sensitive(Simple of) implements Simple {}

  /// One of the values of a [Declaration.Enumeration].
  record Choice(String name) implements Simple {}

  /// A number or truth value that is one of a few.
  ///
  /// @param values each as the text of a parameter, in the order of the contract
  record Among(Simple of, List<String> values) implements Simple {
    /// Copies the list.
    public Among {
      values = List.copyOf(values);
    }
  }

  /// Any JSON: nothing is said of it.
  record Any() implements Type {}

  /// An item of an array or value of a map that may be null; or a field that may be, and has a
  /// default.
  record Possible(Type of) implements Type {}

  /// An object described by a [Declaration.Structure].
  ///
  /// @param inner whether that object contains the one in which this stands, so that its codec can
  ///   only be had later
  record Reference(String name, boolean inner) implements Type {
    /// A reference from outside.
    public Reference(String name) {
      this(name, false);
    }
  }

  /// An object whose names are data: a map.
  ///
  /// @param names what a name must be, if that is said
  record Entries(
      Type value,
      Optional<Integer> minProperties,
      Optional<Integer> maxProperties,
      Optional<Text> names)
      implements Type {}

  /// An array.
  ///
  /// @param unique whether no two items may be equal
  record Items(Type item, Optional<Integer> minItems, Optional<Integer> maxItems, boolean unique)
      implements Type {}
}
