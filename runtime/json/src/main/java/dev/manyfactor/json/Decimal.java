package dev.manyfactor.json;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A decimal number, exact to the last digit, between optional bounds; with a `step`, a multiple of
/// it.
///
/// At most [#DIGITS] digits before and after the decimal point, so that no exponent can ask for
/// gigabytes. An exponent is resolved on reading: `1e3` is `1000`.
public record Decimal(Optional<Bound> minimum, Optional<Bound> maximum, Optional<BigDecimal> step)
    implements Scalar<BigDecimal> {

  /// A limit, and whether a number equal to it is still allowed.
  public record Bound(BigDecimal limit, boolean included) {}

  /// Most digits on either side of the decimal point.
  public static final int DIGITS = 60;

  /// Every number within [#DIGITS].
  public static final Decimal ANY =
      new Decimal(Optional.empty(), Optional.empty(), Optional.empty());

  static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?");

  /// At least this.
  public Decimal atLeast(String limit) {
    return new Decimal(Optional.of(new Bound(new BigDecimal(limit), true)), maximum, step);
  }

  /// More than this.
  public Decimal above(String limit) {
    return new Decimal(Optional.of(new Bound(new BigDecimal(limit), false)), maximum, step);
  }

  /// At most this.
  public Decimal atMost(String limit) {
    return new Decimal(minimum, Optional.of(new Bound(new BigDecimal(limit), true)), step);
  }

  /// Less than this.
  public Decimal below(String limit) {
    return new Decimal(minimum, Optional.of(new Bound(new BigDecimal(limit), false)), step);
  }

  /// Nothing but multiples of this, which is above 0.
  public Decimal multipleOf(String factor) {
    return new Decimal(minimum, maximum, Optional.of(new BigDecimal(factor)));
  }

  /// The same numbers in a string, in plain digits: for callers whose JSON numbers are not exact.
  public Scalar<BigDecimal> asText() {
    return new DecimalText(this);
  }

  @Override
  public @Nullable BigDecimal read(JsonReader in) {
    BigDecimal number = in.number();
    return number == null ? null : checked(number, in);
  }

  @Override
  public void write(JsonWriter out, BigDecimal value) {
    checked(value, out); // before writing: a wild exponent must not be spelled out
    out.number(value);
  }

  @Override
  public @Nullable BigDecimal parse(String text, Reporter reporter) {
    if (!PLAIN.matcher(text).matches()) {
      reporter.violation("type", "must be a number in plain digits");
      return null;
    }
    return checked(new BigDecimal(text), reporter);
  }

  @Override
  public String text(BigDecimal value) {
    checked(value, Nonconforming.REFUSES);
    return value.toPlainString();
  }

  @Nullable BigDecimal checked(BigDecimal number, Reporter reporter) {
    if (number.precision() - (long) number.scale() > DIGITS || number.scale() > DIGITS) {
      reporter.violation(
          "format", "must have at most " + DIGITS + " digits before and after the decimal point");
      return null;
    }
    if (minimum.isPresent() && isOutside(number.compareTo(minimum.get().limit()), minimum.get())) {
      reporter.violation(
          minimum.get().included() ? "minimum" : "exclusiveMinimum", lower(minimum.get()));
      return null;
    }
    if (maximum.isPresent() && isOutside(maximum.get().limit().compareTo(number), maximum.get())) {
      reporter.violation(
          maximum.get().included() ? "maximum" : "exclusiveMaximum", upper(maximum.get()));
      return null;
    }
    if (step.isPresent() && number.remainder(step.get()).signum() != 0) {
      reporter.violation("multipleOf", "must be a multiple of " + step.get().toPlainString());
      return null;
    }
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  static boolean isOutside(int distance, Bound bound) {
    return distance < 0 || (distance == 0 && !bound.included());
  }

  static String lower(Bound bound) {
    String limit = bound.limit().toPlainString();
    return bound.included() ? "must be " + limit + " or more" : "must be more than " + limit;
  }

  static String upper(Bound bound) {
    String limit = bound.limit().toPlainString();
    return bound.included() ? "must be " + limit + " or less" : "must be less than " + limit;
  }
}
