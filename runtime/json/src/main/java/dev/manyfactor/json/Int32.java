package dev.manyfactor.json;

import org.jspecify.annotations.Nullable;

/// A whole number of 32 bits between two bounds, both included, and a multiple of `step`; read like
/// an [Int64].
public record Int32(int minimum, int maximum, int step) implements Scalar<Integer> {
  /// Every value of 32 bits.
  public static final Int32 ANY = new Int32(Integer.MIN_VALUE, Integer.MAX_VALUE, 1);

  /// Checks the bounds against each other, and the step.
  public Int32 {
    if (step < 1) {
      throw new IllegalArgumentException("the step must be 1 or more, but is " + step);
    }
    if (maximum < minimum) {
      throw new IllegalArgumentException(
          "bounds must be in order, but are %d and %d".formatted(minimum, maximum));
    }
  }

  /// From `minimum` to `maximum`, both included.
  public Int32(int minimum, int maximum) {
    this(minimum, maximum, 1);
  }

  /// From `minimum` to `maximum`, both included.
  public static Int32 between(int minimum, int maximum) {
    return new Int32(minimum, maximum);
  }

  /// At least this.
  public Int32 atLeast(int bound) {
    return new Int32(bound, maximum, step);
  }

  /// At most this.
  public Int32 atMost(int bound) {
    return new Int32(minimum, bound, step);
  }

  /// Nothing but multiples of this.
  public Int32 multipleOf(int factor) {
    return new Int32(minimum, maximum, factor);
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
    return new Int64(minimum, maximum, step);
  }

  private static @Nullable Integer narrow(@Nullable Long value) {
    return value == null ? null : (Integer) Math.toIntExact(value);
  }
}
