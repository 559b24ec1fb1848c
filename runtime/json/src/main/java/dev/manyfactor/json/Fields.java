package dev.manyfactor.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields that an object has, and whether it may have others.
///
/// Immutable, safe on any thread; meant to be a constant.
public final class Fields {
  private final List<Field<?>> fields;
  private final Map<String, Integer> positions = new HashMap<>();
  private final boolean closed;

  private Fields(List<Field<?>> fields, boolean closed) {
    this.fields = fields;
    this.closed = closed;
    for (Field<?> field : fields) {
      if (positions.put(field.name(), positions.size()) != null) {
        throw new IllegalArgumentException("two fields share the name " + field.name());
      }
    }
  }

  /// These fields; any other is a violation of `additionalProperties`.
  public static Fields closed(Field<?>... fields) {
    return new Fields(List.of(fields), true);
  }

  /// These fields; others are skipped, for documents of a service that may know more than we do.
  public static Fields open(Field<?>... fields) {
    return new Fields(List.of(fields), false);
  }

  boolean isClosed() {
    return closed;
  }

  List<Field<?>> all() {
    return fields;
  }

  /// Where the field of this name stands in [#all], or -1.
  int position(String name) {
    return positions.getOrDefault(name, -1);
  }

  /// The values of one object, none read yet.
  Values values() {
    return new Values(fields, new @Nullable Object[fields.size()]);
  }
}
