package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A scalar whose value is told to nobody, as `x-sensitive` in a contract says: it keeps the rules
/// of its type, and a violation has the shape of the value only.
///
/// @param type whose rules hold
public record Sensitive<T>(Scalar<T> type) implements Scalar<T> {

  /// The same type, kept secret.
  public static <T> Sensitive<T> of(Scalar<T> type) {
    return new Sensitive<>(type);
  }

  @Override
  public @Nullable T read(JsonReader in) {
    return in.discreetly(type);
  }

  @Override
  public void write(JsonWriter out, T value) {
    type.write(out, value);
  }

  @Override
  public @Nullable T parse(String text, Reporter reporter) {
    return type.parse(text, reporter.discreet());
  }

  @Override
  public String text(T value) {
    return type.text(value);
  }
}
