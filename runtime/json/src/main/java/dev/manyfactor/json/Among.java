package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One of a few fixed numbers or truth values; for texts see [Choice]. Immutable.
///
/// Numbers are compared by what they are worth: `1` and `1.0` are the same.
///
/// @param of what they are
/// @param values at least one
public record Among<T>(Scalar<T> of, List<T> values) implements Scalar<T> {
  /// Copies the list.
  public Among {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there must be one value or more to choose from");
    }
  }

  /// One of these.
  public static <T> Among<T> of(Scalar<T> of, List<T> values) {
    return new Among<>(of, values);
  }

  @Override
  public @Nullable T read(JsonReader in) {
    T value = of.read(in);
    return value == null ? null : checked(value, in);
  }

  @Override
  public void write(JsonWriter out, T value) {
    of.write(out, value);
    checked(value, out);
  }

  @Override
  public @Nullable T parse(String text, Reporter reporter) {
    T value = of.parse(text, reporter);
    return value == null ? null : checked(value, reporter);
  }

  @Override
  public String text(T value) {
    checked(value, Nonconforming.REFUSES);
    return of.text(value);
  }

  private @Nullable T checked(T value, Reporter reporter) {
    for (T known : values) {
      if (isSame(known, value)) {
        return value;
      }
    }
    String all = values.stream().map(of::text).collect(Collectors.joining(", "));
    boolean isOne = values.size() == 1;
    reporter.violation(isOne ? "const" : "enum", (isOne ? "must be " : "must be one of ") + all);
    return null;
  }

  private static boolean isSame(Object one, Object other) {
    if (one instanceof BigDecimal number && other instanceof BigDecimal another) {
      return number.compareTo(another) == 0;
    }
    return one.equals(other);
  }
}
