package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A codec in whose violations no value is told, however deep.
record Discreet<T>(Codec<T> codec) implements Codec<T> {
  @Override
  public @Nullable T read(JsonReader in) {
    return in.discreetly(codec);
  }

  @Override
  public void write(JsonWriter out, T value) {
    codec.write(out, value);
  }
}
