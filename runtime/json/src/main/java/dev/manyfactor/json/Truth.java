package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// `true` or `false`, and no other spelling.
record Truth() implements Scalar<Boolean> {
  @Override
  public @Nullable Boolean read(JsonReader in) {
    return in.truth();
  }

  @Override
  public void write(JsonWriter out, Boolean value) {
    out.truth(value);
  }

  @Override
  public @Nullable Boolean parse(String text, Reporter reporter) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        reporter.violation("type", "must be true or false");
        yield null;
      }
    };
  }

  @Override
  public String text(Boolean value) {
    return value.toString();
  }
}
