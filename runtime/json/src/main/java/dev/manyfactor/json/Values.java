package dev.manyfactor.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of one object that was read without a violation.
///
/// For one thread, and short-lived: a codec takes them apart at once.
public final class Values {
  private static final Object INVALID = new Object();

  private final List<Field<?>> fields;
  private final @Nullable Object[] values;

  Values(List<Field<?>> fields, @Nullable Object[] values) {
    this.fields = fields;
    this.values = values;
  }

  /// The value of `field`.
  ///
  /// @throws IllegalArgumentException if it is not one of the fields that were read
  @SuppressWarnings("unchecked") // only that field's codec or default has put it there
  public <T> T value(Field<T> field) {
    int position = fields.indexOf(field);
    Object value = position < 0 ? null : values[position];
    if (value == null || INVALID.equals(value)) {
      throw new IllegalArgumentException("the object has no value for the field " + field.name());
    }
    return (T) value;
  }

  /// Keeps what a field's codec made of its value; null, where that broke a rule, counts as there.
  void put(int position, @Nullable Object value) {
    values[position] = value == null ? INVALID : value;
  }

  boolean isMissing(int position) {
    return values[position] == null;
  }
}
