package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Any JSON: the value of a schema that says nothing of it. Immutable; equal if it says the same,
/// numbers with the same digits.
public sealed interface JsonValue {
  /// How it is read and written: as it came, but for white space.
  Codec<JsonValue> CODEC = new Anything();

  /// `null`.
  record JsonNull() implements JsonValue {}

  /// `true` or `false`.
  record JsonBoolean(boolean value) implements JsonValue {}

  /// A number, exact; read and written with at most [Decimal#DIGITS] digits on either side of its
  /// point, so that no exponent can ask for gigabytes.
  record JsonNumber(BigDecimal value) implements JsonValue {}

  /// A string.
  record JsonString(String value) implements JsonValue {}

  /// An array.
  record JsonArray(List<JsonValue> items) implements JsonValue {
    /// Copies the list.
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  /// An object; its fields keep their order.
  record JsonObject(Map<String, JsonValue> fields) implements JsonValue {
    /// Copies the map.
    public JsonObject {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// Reads and writes any of them.
  final class Anything implements Codec<JsonValue> {
    private Anything() {}

    @Override
    public @Nullable JsonValue read(JsonReader in) {
      return in.anything();
    }

    @Override
    public void write(JsonWriter out, JsonValue value) {
      switch (value) {
        case JsonNull() -> out.nothing();
        case JsonBoolean(var truth) -> out.truth(truth);
        case JsonNumber(var number) -> Decimal.ANY.write(out, number);
        case JsonString(var text) -> out.string(text);
        case JsonArray(var items) -> Items.of(CODEC).write(out, items);
        case JsonObject(var fields) -> Entries.of(CODEC).write(out, fields);
      }
    }
  }
}
