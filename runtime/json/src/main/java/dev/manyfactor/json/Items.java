package dev.manyfactor.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array of values of one type. The list that is read is unmodifiable.
///
/// @param item reads and writes one
/// @param minItems fewest
/// @param maxItems most; what comes after so many is skipped unread
public record Items<T>(Codec<T> item, int minItems, int maxItems) implements Codec<List<T>> {
  /// Checks the bounds against each other.
  public Items {
    if (minItems < 0 || maxItems < minItems) {
      throw new IllegalArgumentException(
          "items must be 0 or more and in order, but are %d and %d".formatted(minItems, maxItems));
    }
  }

  /// Any number of items.
  public static <T> Items<T> of(Codec<T> item) {
    return new Items<>(item, 0, Integer.MAX_VALUE);
  }

  /// At least so many.
  public Items<T> atLeast(int count) {
    return new Items<>(item, count, maxItems);
  }

  /// At most so many.
  public Items<T> atMost(int count) {
    return new Items<>(item, minItems, count);
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
    checkCount(values.size(), out);
  }

  void checkCount(int count, Reporter reporter) {
    if (count < minItems) {
      reporter.violation("minItems", "must have at least " + minItems + " items, but has " + count);
    } else if (count > maxItems) {
      reporter.violation("maxItems", "must have at most " + maxItems + " items, but has " + count);
    }
  }
}
