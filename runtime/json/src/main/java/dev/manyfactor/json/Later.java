package dev.manyfactor.json;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A codec that may not exist yet when this one is made.
record Later<T>(Supplier<Codec<T>> codec) implements Codec<T> {
  @Override
  public @Nullable T read(JsonReader in) {
    return codec.get().read(in);
  }

  @Override
  public void write(JsonWriter out, T value) {
    codec.get().write(out, value);
  }
}
