package dev.manyfactor.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// One field of an object: its name, its type and what it means when it is not there.
///
/// Immutable, safe on any thread; meant to be a constant. `T` is the type of the record component.
public final class Field<T> {
  private final SerializableString name;
  private final Codec<T> codec;
  private final @Nullable T absent;
  private final boolean omitted;

  private Field(String name, Codec<T> codec, @Nullable T absent, boolean omitted) {
    this.name = new SerializedString(name);
    this.codec = codec;
    this.absent = absent;
    this.omitted = omitted;
  }

  /// Must be there and must not be null.
  public static <T> Field<T> required(String name, Codec<T> codec) {
    return new Field<>(name, codec, null, false);
  }

  /// May be absent, must not be null; when empty it is not written.
  public static <T> Field<Optional<T>> optional(String name, Codec<T> codec) {
    return new Field<>(name, new Possible<>(codec, false), Optional.empty(), true);
  }

  /// Must be there and may be null; when empty it is written as null.
  public static <T> Field<Optional<T>> nullable(String name, Codec<T> codec) {
    return new Field<>(name, new Possible<>(codec, true), null, false);
  }

  /// May be absent and may be null, which mean the same; when empty it is not written.
  public static <T> Field<Optional<T>> optionalOrNull(String name, Codec<T> codec) {
    return new Field<>(name, new Possible<>(codec, true), Optional.empty(), true);
  }

  /// May be absent, which means `value`; must not be null; always written.
  public static <T> Field<T> withDefault(String name, Codec<T> codec, T value) {
    return new Field<>(name, codec, value, false);
  }

  String name() {
    return name.getValue();
  }

  SerializableString encodedName() {
    return name;
  }

  @Nullable T read(JsonReader in) {
    return codec.read(in);
  }

  /// The value when the field is not there, or null if it must be.
  @Nullable T absent() {
    return absent;
  }

  void write(JsonWriter out, T value) {
    codec.write(out, value);
  }

  boolean isWritten(T value) {
    return !(omitted && value.equals(absent));
  }
}
