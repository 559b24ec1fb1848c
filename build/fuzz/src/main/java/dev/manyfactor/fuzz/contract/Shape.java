package dev.manyfactor.fuzz.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a schema allows.
public sealed interface Shape {

  /// Strings.
  ///
  /// @param minLength fewest code points
  /// @param maxLength most code points
  /// @param choices the only ones there are; empty if there is no such list
  /// @param sensitive whether nobody may be told what was sent
  record Words(
      int minLength,
      int maxLength,
      Optional<String> pattern,
      Optional<String> format,
      List<String> choices,
      boolean sensitive)
      implements Shape {

    /// Copies the choices.
    public Words {
      choices = List.copyOf(choices);
    }
  }

  /// Numbers.
  ///
  /// @param whole whether only those without a fraction
  /// @param step what they are multiples of
  record Numeric(
      boolean whole,
      Optional<String> format,
      Optional<Limit> minimum,
      Optional<Limit> maximum,
      Optional<BigDecimal> step)
      implements Shape {}

  /// These numbers only.
  ///
  /// @param values as they are written
  record Fixed(List<String> values) implements Shape {
    /// Copies the numbers.
    public Fixed {
      values = List.copyOf(values);
    }
  }

  /// A bound, and whether a number equal to it is still within.
  record Limit(BigDecimal value, boolean included) {}

  /// `true` and `false`.
  record Truth() implements Shape {}

  /// Arrays.
  record Sequence(Shape items, int minItems, int maxItems, boolean unique) implements Shape {}

  /// Objects with these fields and no others.
  record Struct(Map<String, Field> fields) implements Shape {
    /// The same with another field.
    public Struct with(String name, Field field) {
      Map<String, Field> more = new LinkedHashMap<>(fields);
      more.put(name, field);
      return new Struct(more);
    }
  }

  /// A field of an object.
  record Field(Shape shape, boolean required) {}

  /// Objects whose names are data.
  record Mapping(Shape values, int minProperties, int maxProperties, Words names)
      implements Shape {}

  /// One of several objects, told apart by the text in a field.
  record Union(String property, Map<String, Shape> kinds) implements Shape {}

  /// `null` or something else.
  record Nullable(Shape other) implements Shape {}

  /// What a reference stands for, which may contain itself.
  record Named(String reference) implements Shape {}
}
