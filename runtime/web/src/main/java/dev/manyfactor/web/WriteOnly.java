package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// How a type looks as JSON, for types that this module sends and never reads.
@FunctionalInterface
interface WriteOnly<T> extends Codec<T> {

  @Override
  default @Nullable T read(JsonReader in) {
    throw new UnsupportedOperationException("this is only written");
  }
}
