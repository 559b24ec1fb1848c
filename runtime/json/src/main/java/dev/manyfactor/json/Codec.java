package dev.manyfactor.json;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads and writes values of one type as JSON. Immutable, safe on any thread.
///
/// Codecs of records are generated from the contract; a written one looks the same:
///
/// ```java
/// final class PointCodec implements Codec<Point> {
///   private static final Field<Integer> X = Field.required("x", Int32.ANY);
///   private static final Field<Integer> Y = Field.required("y", Int32.ANY);
///   private static final Fields FIELDS = Fields.closed(X, Y);
///
///   public @Nullable Point read(JsonReader in) {
///     var fields = in.object(FIELDS);
///     return fields == null ? null : new Point(fields.value(X), fields.value(Y));
///   }
///
///   public void write(JsonWriter out, Point point) {
///     out.startObject().field(X, point.x()).field(Y, point.y()).endObject();
///   }
/// }
/// ```
public interface Codec<T> {
  /// A codec that is asked for when it is first needed, for an object that contains itself.
  static <T> Codec<T> later(Supplier<Codec<T>> codec) {
    return new Later<>(codec);
  }

  /// The same, without a value in its violations: for documents whose faults are logged.
  static <T> Codec<T> discreet(Codec<T> codec) {
    return new Discreet<>(codec);
  }

  /// The same or null, for an item of an array or value of a map; null is the empty value.
  static <T> Codec<Optional<T>> orNull(Codec<T> codec) {
    return new Possible<>(codec, true);
  }

  /// Reads the value at which `in` stands, up to its last token.
  ///
  /// @return the value, or null if it breaks a rule; then each broken rule has been reported to
  ///   `in`
  @Nullable T read(JsonReader in);

  /// Writes `value`.
  ///
  /// @throws IllegalArgumentException if the value breaks a rule of its contract, naming place and
  ///   rule
  void write(JsonWriter out, T value);
}
