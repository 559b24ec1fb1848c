package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A whole number of 32 bits between two bounds, both included; read like an [Int64].
public record Int32(int minimum, int maximum) implements Scalar<Integer> {
  /// Every value of 32 bits.
  public static final Int32 ANY = new Int32(Integer.MIN_VALUE, Integer.MAX_VALUE);

  /// Checks the bounds against each other.
  public Int32 {
    if (maximum < minimum) {
      throw new IllegalArgumentException(
          "bounds must be in order, but are %d and %d".formatted(minimum, maximum));
    }
  }

  /// From `minimum` to `maximum`, both included.
  public static Int32 between(int minimum, int maximum) {
    return new Int32(minimum, maximum);
  }

  /// At least this.
  public Int32 atLeast(int bound) {
    return new Int32(bound, maximum);
  }

  /// At most this.
  public Int32 atMost(int bound) {
    return new Int32(minimum, bound);
  }

  @Override
  public @Nullable Integer read(JsonReader in) {
    return narrow(wide().read(in));
  }

  @Override
  public void write(JsonWriter out, Integer value) {
    wide().write(out, value.longValue());
  }

  @Override
  public @Nullable Integer parse(String text, Reporter reporter) {
    return narrow(wide().parse(text, reporter));
  }

  @Override
  public String text(Integer value) {
    return wide().text(value.longValue());
  }

  private Int64 wide() {
    return new Int64(minimum, maximum);
  }

  private static @Nullable Integer narrow(@Nullable Long value) {
    return value == null ? null : (Integer) Math.toIntExact(value);
  }
}
