package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An array of values of one type. The list that is read is unmodifiable.
///
/// @param item reads and writes one
/// @param minItems fewest
/// @param maxItems most; what comes after so many is skipped unread
/// @param unique whether no two may be equal, `1` and `1.0` included; looked at once each item
///   keeps its own rules
public record Items<T>(Codec<T> item, int minItems, int maxItems, boolean unique)
    implements Codec<List<T>> {
  /// Checks the bounds against each other.
  public Items {
    if (minItems < 0 || maxItems < minItems) {
      throw new IllegalArgumentException(
          "items must be 0 or more and in order, but are %d and %d".formatted(minItems, maxItems));
    }
  }

  /// Any number of items.
  public static <T> Items<T> of(Codec<T> item) {
    return new Items<>(item, 0, Integer.MAX_VALUE, false);
  }

  /// At least so many.
  public Items<T> atLeast(int count) {
    return new Items<>(item, count, maxItems, unique);
  }

  /// At most so many.
  public Items<T> atMost(int count) {
    return new Items<>(item, minItems, count, unique);
  }

  /// No two of them equal.
  public Items<T> distinct() {
    return new Items<>(item, minItems, maxItems, true);
  }

  @Override
  public @Nullable List<T> read(JsonReader in) {
    return in.array(this);
  }

  @Override
  public void write(JsonWriter out, List<T> values) {
    out.startArray();
    for (T value : values) {
      item.write(out, value);
    }
    out.endArray();
    check(values.size(), values, out);
  }

  /// The list that the texts of a parameter stand for.
  ///
  /// @param whole told what is wrong with the list
  /// @param each told what is wrong with the text at a position
  /// @return the list, or null if a rule is broken; then it has been reported
  /// @throws IllegalStateException if the items are no scalars
  public @Nullable List<T> parse(List<String> texts, Reporter whole, IntFunction<Reporter> each) {
    List<T> values = new ArrayList<>();
    boolean[] isBroken = {false};
    for (int position = 0; position < texts.size(); position++) {
      T value = scalar().parse(texts.get(position), each.apply(position));
      if (value != null) {
        values.add(value);
      }
    }
    check(
        texts.size(),
        values,
        (rule, detail) -> {
          isBroken[0] = true;
          whole.violation(rule, detail);
        });
    return isBroken[0] || values.size() < texts.size() ? null : List.copyOf(values);
  }

  /// The list as the value of a header: with a comma after each item but the last.
  ///
  /// @throws IllegalArgumentException if it breaks a rule of its contract, or an item holds a comma
  /// @throws IllegalStateException if the items are no scalars
  public String text(List<T> values) {
    check(values.size(), values, Nonconforming.REFUSES);
    return values.stream().map(this::withoutComma).collect(Collectors.joining(", "));
  }

  private String withoutComma(T value) {
    String text = scalar().text(value);
    if (text.indexOf(',') >= 0) {
      Nonconforming.REFUSES.violation("style", "must not hold a comma, which separates the items");
    }
    return text;
  }

  private Scalar<T> scalar() {
    if (item instanceof Scalar<T> scalar) {
      return scalar;
    }
    throw new IllegalStateException("only an array of scalars can be a parameter or header");
  }

  /// Checks the array as a whole.
  ///
  /// @param count of all items
  /// @param values those that keep their own rules
  void check(int count, List<T> values, Reporter reporter) {
    if (count < minItems) {
      reporter.violation("minItems", "must have at least " + minItems + " items, but has " + count);
    } else if (count > maxItems) {
      reporter.violation("maxItems", "must have at most " + maxItems + " items, but has " + count);
    } else if (unique && values.size() == count && hasEqual(values)) {
      reporter.violation("uniqueItems", "must not hold the same item twice");
    }
  }

  private static boolean hasEqual(List<?> values) {
    return values.stream().map(Items::byValue).distinct().count() < values.size();
  }

  private static Object byValue(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }
}
