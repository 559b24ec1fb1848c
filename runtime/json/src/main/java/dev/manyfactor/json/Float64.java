package dev.manyfactor.json;

import dev.manyfactor.json.Decimal.Bound;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A binary number of 64 bits (IEEE 754), for measurements; never for money.
///
/// What is read becomes the nearest such number; the bounds are checked against what was written.
/// Neither infinite nor `NaN`, which JSON cannot express. In a parameter it may have an exponent.
public record Float64(Optional<Bound> minimum, Optional<Bound> maximum) implements Scalar<Double> {
  /// Every finite number.
  public static final Float64 ANY = new Float64(Optional.empty(), Optional.empty());

  private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?");

  /// At least this.
  public Float64 atLeast(String limit) {
    return new Float64(Optional.of(new Bound(new BigDecimal(limit), true)), maximum);
  }

  /// More than this.
  public Float64 above(String limit) {
    return new Float64(Optional.of(new Bound(new BigDecimal(limit), false)), maximum);
  }

  /// At most this.
  public Float64 atMost(String limit) {
    return new Float64(minimum, Optional.of(new Bound(new BigDecimal(limit), true)));
  }

  /// Less than this.
  public Float64 below(String limit) {
    return new Float64(minimum, Optional.of(new Bound(new BigDecimal(limit), false)));
  }

  @Override
  public @Nullable Double read(JsonReader in) {
    BigDecimal number = in.number();
    return number == null ? null : checked(number, in);
  }

  @Override
  public void write(JsonWriter out, Double value) {
    if (checkedFinite(value, out)) {
      out.number(value);
    }
  }

  @Override
  public @Nullable Double parse(String text, Reporter reporter) {
    if (!NUMBER.matcher(text).matches()) {
      reporter.violation("type", "must be a number in digits");
      return null;
    }
    return checked(new BigDecimal(text), reporter);
  }

  @Override
  public String text(Double value) {
    checkedFinite(value, Nonconforming.REFUSES);
    return value.toString();
  }

  private boolean checkedFinite(double value, Reporter reporter) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      reporter.violation("type", "must be a finite number");
      return false;
    }
    return checked(BigDecimal.valueOf(value), reporter) != null;
  }

  private @Nullable Double checked(BigDecimal number, Reporter reporter) {
    if (number.abs().compareTo(LARGEST) > 0) {
      reporter.violation("format", "must be a number of 64 bits (IEEE 754)");
      return null;
    }
    if (minimum.isPresent()
        && Decimal.isOutside(number.compareTo(minimum.get().limit()), minimum.get())) {
      reporter.violation(
          minimum.get().included() ? "minimum" : "exclusiveMinimum", Decimal.lower(minimum.get()));
      return null;
    }
    if (maximum.isPresent()
        && Decimal.isOutside(maximum.get().limit().compareTo(number), maximum.get())) {
      reporter.violation(
          maximum.get().included() ? "maximum" : "exclusiveMaximum", Decimal.upper(maximum.get()));
      return null;
    }
    return number.doubleValue();
  }
}
