package dev.manyfactor.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One of a few fixed texts, each a constant of an enum.
public final class Choice<E extends Enum<E>> implements Scalar<E> {
  private final Map<String, E> constants = new LinkedHashMap<>();
  private final Function<E, String> text;

  private Choice(List<E> constants, Function<E, String> text) {
    this.text = text;
    for (E constant : constants) {
      if (this.constants.put(text.apply(constant), constant) != null) {
        throw new IllegalArgumentException("two constants share the text " + text.apply(constant));
      }
    }
  }

  /// A choice of `constants`, each standing for its `text`.
  public static <E extends Enum<E>> Choice<E> of(E[] constants, Function<E, String> text) {
    return new Choice<>(List.of(constants), text);
  }

  @Override
  public @Nullable E read(JsonReader in) {
    String word = in.string();
    return word == null ? null : parse(word, in);
  }

  @Override
  public void write(JsonWriter out, E value) {
    out.string(text(value));
  }

  @Override
  public @Nullable E parse(String word, Reporter reporter) {
    E constant = constants.get(word);
    if (constant == null) {
      String known = String.join(", ", constants.keySet());
      boolean isOne = constants.size() == 1;
      reporter.violation(
          isOne ? "const" : "enum", (isOne ? "must be " : "must be one of ") + known);
    }
    return constant;
  }

  @Override
  public String text(E value) {
    return text.apply(value);
  }
}
