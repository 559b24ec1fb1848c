package dev.manyfactor.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that may be missing, and whether `null` says so.
@SuppressWarnings(
    "NullableOptional") // null says that a rule is broken, empty that there is no value
record Possible<T>(Codec<T> codec, boolean nullAllowed) implements Codec<Optional<T>> {
  @Override
  public @Nullable Optional<T> read(JsonReader in) {
    if (nullAllowed && in.isNull()) {
      return Optional.empty();
    }
    T value = codec.read(in);
    return value == null ? null : Optional.of(value);
  }

  @Override
  public void write(JsonWriter out, Optional<T> value) {
    if (value.isPresent()) {
      codec.write(out, value.get());
    } else {
      out.nothing();
    }
  }
}
