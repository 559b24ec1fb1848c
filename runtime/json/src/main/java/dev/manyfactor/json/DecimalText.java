package dev.manyfactor.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A decimal number that stands in a string, in plain digits.
record DecimalText(Decimal rules) implements Scalar<BigDecimal> {
  @Override
  public @Nullable BigDecimal read(JsonReader in) {
    String text = in.string();
    return text == null ? null : parse(text, in);
  }

  @Override
  public void write(JsonWriter out, BigDecimal value) {
    if (rules.checked(value, out)
        != null) { // before writing: a wild exponent must not be spelled out
      out.string(value.toPlainString());
    }
  }

  @Override
  public @Nullable BigDecimal parse(String text, Reporter reporter) {
    if (!Decimal.PLAIN.matcher(text).matches()) {
      reporter.violation("format", "must be a number in plain digits, such as 12.50");
      return null;
    }
    return rules.checked(new BigDecimal(text), reporter);
  }

  @Override
  public String text(BigDecimal value) {
    return rules.text(value);
  }
}
