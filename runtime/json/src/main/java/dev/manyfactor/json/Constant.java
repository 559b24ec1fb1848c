package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A string that is always the same: the field by which a [Variants] knows what it reads.
public record Constant(String text) implements Codec<String> {
  /// This text and no other.
  public static Constant of(String text) {
    return new Constant(text);
  }

  @Override
  public @Nullable String read(JsonReader in) {
    String found = in.string();
    if (found != null && !found.equals(text)) {
      in.violation("const", "must be " + text);
    }
    return found;
  }

  @Override
  public void write(JsonWriter out, String value) {
    out.string(value);
    if (!value.equals(text)) {
      out.violation("const", "must be " + text);
    }
  }
}
