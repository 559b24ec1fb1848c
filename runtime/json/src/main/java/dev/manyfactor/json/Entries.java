package dev.manyfactor.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object whose names are data: a map. The map that is read is unmodifiable and keeps the order
/// of the document.
///
/// @param value reads and writes one value
/// @param minProperties fewest
/// @param maxProperties most; what comes after so many is skipped unread
/// @param names what a name must be
public record Entries<T>(Codec<T> value, int minProperties, int maxProperties, Text names)
    implements Codec<Map<String, T>> {
  /// Checks the bounds against each other.
  public Entries {
    if (minProperties < 0 || maxProperties < minProperties) {
      throw new IllegalArgumentException(
          "entries must be 0 or more and in order, but are %d and %d"
              .formatted(minProperties, maxProperties));
    }
  }

  /// Any number of entries with any names.
  public static <T> Entries<T> of(Codec<T> value) {
    return new Entries<>(value, 0, Integer.MAX_VALUE, Text.ANY);
  }

  /// At least so many.
  public Entries<T> atLeast(int count) {
    return new Entries<>(value, count, maxProperties, names);
  }

  /// At most so many.
  public Entries<T> atMost(int count) {
    return new Entries<>(value, minProperties, count, names);
  }

  /// With names that keep these rules.
  public Entries<T> named(Text rules) {
    return new Entries<>(value, minProperties, maxProperties, rules);
  }

  /// An unmodifiable copy in the same order.
  public static <T> Map<String, T> copyOf(Map<String, T> entries) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  @Override
  public @Nullable Map<String, T> read(JsonReader in) {
    return in.entries(this);
  }

  @Override
  public void write(JsonWriter out, Map<String, T> entries) {
    out.startObject();
    entries.forEach((name, entry) -> {
      out.name(name);
      checkName(name, out);
      value.write(out, entry);
    });
    out.endObject();
    checkCount(entries.size(), out);
  }

  void checkName(String name, Reporter reporter) {
    names.parse(name, (_, detail) -> reporter.violation("propertyNames", "its name " + detail));
  }

  void checkCount(int count, Reporter reporter) {
    if (count < minProperties) {
      reporter.violation(
          "minProperties", "must have at least " + minProperties + " entries, but has " + count);
    } else if (count > maxProperties) {
      reporter.violation(
          "maxProperties", "must have at most " + maxProperties + " entries, but has " + count);
    }
  }
}
