package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A whole number of 64 bits between two bounds, both included, and a multiple of `step`.
///
/// In JSON any notation of a whole number counts (`10`, `10.0`, `1e1`), as JSON Schema has it; in a
/// parameter only plain digits. Nothing is rounded or cut.
public record Int64(long minimum, long maximum, long step) implements Scalar<Long> {
  /// Every value of 64 bits.
  public static final Int64 ANY = new Int64(Long.MIN_VALUE, Long.MAX_VALUE, 1);

  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern DIGITS = Pattern.compile("-?(0|[1-9][0-9]{0,39})");

  /// Checks the bounds against each other, and the step.
  public Int64 {
    if (step < 1) {
      throw new IllegalArgumentException("the step must be 1 or more, but is " + step);
    }
    if (maximum < minimum) {
      throw new IllegalArgumentException(
          "bounds must be in order, but are %d and %d".formatted(minimum, maximum));
    }
  }

  /// From `minimum` to `maximum`, both included.
  public static Int64 between(long minimum, long maximum) {
    return new Int64(minimum, maximum, 1);
  }

  /// At least this.
  public Int64 atLeast(long bound) {
    return new Int64(bound, maximum, step);
  }

  /// At most this.
  public Int64 atMost(long bound) {
    return new Int64(minimum, bound, step);
  }

  /// Nothing but multiples of this.
  public Int64 multipleOf(long factor) {
    return new Int64(minimum, maximum, factor);
  }

  @Override
  public @Nullable Long read(JsonReader in) {
    Long small = in.shortNumber();
    if (small != null) {
      return checked(small, in);
    }
    BigDecimal number = in.number();
    return number == null ? null : whole(number, in);
  }

  @Override
  public void write(JsonWriter out, Long value) {
    out.number(value);
    checked(value, out);
  }

  @Override
  public @Nullable Long parse(String text, Reporter reporter) {
    if (!DIGITS.matcher(text).matches()) {
      reporter.violation("type", "must be a whole number in plain digits");
      return null;
    }
    return whole(new BigDecimal(text), reporter);
  }

  @Override
  public String text(Long value) {
    checked(value, Nonconforming.REFUSES);
    return value.toString();
  }

  private @Nullable Long whole(BigDecimal number, Reporter reporter) {
    if (number.stripTrailingZeros().scale() > 0) {
      reporter.violation("type", "must be a whole number, but has a fraction");
      return null;
    }
    if (number.compareTo(LEAST) < 0) {
      return tooLittle(reporter);
    }
    return number.compareTo(MOST) > 0
        ? tooMuch(reporter)
        : checked(number.longValueExact(), reporter);
  }

  private @Nullable Long checked(long value, Reporter reporter) {
    if (value < minimum) {
      return tooLittle(reporter);
    }
    if (value > maximum) {
      return tooMuch(reporter);
    }
    if (value % step != 0) {
      reporter.violation("multipleOf", "must be a multiple of " + step);
      return null;
    }
    return value;
  }

  private @Nullable Long tooLittle(Reporter reporter) {
    reporter.violation("minimum", "must be " + minimum + " or more");
    return null;
  }

  private @Nullable Long tooMuch(Reporter reporter) {
    reporter.violation("maximum", "must be " + maximum + " or less");
    return null;
  }
}
