package dev.manyfactor.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of several kinds of object, told apart by a field that each of them has; the field may stand
/// anywhere in the object.
///
/// ```java
/// Codec<Method> CODEC =
///     Variants.<Method>by("kind")
///         .or("card", Card.class, Card.CODEC)
///         .or("transfer", Transfer.class, Transfer.CODEC);
/// ```
public final class Variants<T> implements Codec<T> {
  private final String property;
  private final Map<String, Variant<? extends T>> variants;

  private record Variant<V>(Class<V> type, Codec<V> codec) {
    void write(JsonWriter out, Object value) {
      codec.write(out, type.cast(value));
    }
  }

  private Variants(String property, Map<String, Variant<? extends T>> variants) {
    this.property = property;
    this.variants = variants;
  }

  /// No kind yet; each is read when the text in `property` names it.
  public static <T> Variants<T> by(String property) {
    return new Variants<>(property, Map.of());
  }

  /// The same and one more kind, whose own codec reads and writes the field as well.
  public <V extends T> Variants<T> or(String text, Class<V> type, Codec<V> codec) {
    Map<String, Variant<? extends T>> more = new LinkedHashMap<>(variants);
    more.put(text, new Variant<>(type, codec));
    return new Variants<>(property, more);
  }

  @Override
  public @Nullable T read(JsonReader in) {
    String text = in.discriminator(property, variants.keySet());
    Variant<? extends T> variant = text == null ? null : variants.get(text);
    return variant == null ? null : variant.codec().read(in);
  }

  @Override
  public void write(JsonWriter out, T value) {
    for (Variant<? extends T> variant : variants.values()) {
      if (variant.type().isInstance(value)) {
        variant.write(out, value);
        return;
      }
    }
    throw new IllegalArgumentException("no kind is of " + value.getClass());
  }
}
