package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads the schema of a string or a number.
final class ScalarReader {
  private static final Map<String, Type.Plain> FORMATS =
      Map.of(
          "uuid", Type.Plain.UUID,
          "date", Type.Plain.DATE,
          "date-time", Type.Plain.DATE_TIME,
          "uri", Type.Plain.URI,
          "uri-reference", Type.Plain.URI_REFERENCE,
          "byte", Type.Plain.BYTES);

  /// A text that is sensitive.
  static final String PASSWORD = "password";

  private final Node node;

  /// Every format of a string.
  static Set<String> formats() {
    Set<String> formats = new TreeSet<>(FORMATS.keySet());
    formats.addAll(Set.of("email", "decimal", PASSWORD));
    return formats;
  }

  ScalarReader(Node node) {
    this.node = node;
  }

  Type string() {
    Optional<String> format = format();
    if (format.isEmpty() || format.get().equals(PASSWORD)) {
      return text(Type.Form.ANY);
    }
    if (format.get().equals("email")) {
      return text(Type.Form.EMAIL);
    }
    boolean isDecimal = format.get().equals("decimal");
    Type plain = isDecimal ? decimalText() : FORMATS.get(format.get());
    if (plain == null) {
      node.problem(
          "format",
          format.get().equals("binary")
              ? "format binary is for files: a part of multipart/form-data, or all of a body; in JSON use contentEncoding: base64"
              : "the format '%s' is not supported; use uuid, date, date-time, email, uri, uri-reference, byte, decimal or password, or a pattern"
                  .formatted(format.get()));
      return text(Type.Form.ANY);
    }
    for (String keyword : new String[] {"minLength", "maxLength", "pattern"}) {
      if (node.has(keyword)) {
        node.problem(
            keyword,
            "'%s' does not go with format %s; leave it out".formatted(keyword, format.get()));
      }
    }
    return plain;
  }

  /// `contentEncoding: base64` says the same as `format: byte`.
  private Optional<String> format() {
    Optional<String> encoding = node.text("contentEncoding");
    if (encoding.isPresent() && !encoding.get().equals("base64")) {
      node.problem("contentEncoding", "'contentEncoding' must be base64; use it, or plain text");
    }
    if (encoding.isPresent() && node.has("format")) {
      node.problem("contentEncoding", "give either 'contentEncoding' or 'format'");
    }
    return encoding.isPresent() ? Optional.of("byte") : node.text("format");
  }

  private static Type decimalText() {
    return new Type.Decimal(
        Optional.empty(), Optional.empty(), Optional.empty(), Type.Notation.TEXT);
  }

  Type.Simple whole() {
    Type.Width width = new WidthReader(node).read(lowest(), highest());
    Optional<Long> minimum =
        lowest().map(this::roundedUp).flatMap(bound -> inRange(bound, width, "minimum"));
    Optional<Long> maximum =
        highest().map(this::roundedDown).flatMap(bound -> inRange(bound, width, "maximum"));
    Optional<Long> step =
        step().flatMap(this::wholeStep).flatMap(factor -> inRange(factor, width, "multipleOf"));
    return new Type.Whole(width, minimum, ordered(node, "minimum", minimum, maximum), step);
  }

  Type.Simple decimal() {
    boolean isDouble = node.text("format").filter("double"::equals).isPresent();
    if (node.has("format") && !isDouble) {
      node.problem(
          "format", "a number is exact to the last digit; leave the format out, or use double");
    }
    Optional<Type.Limit> minimum = lowest();
    Optional<Type.Limit> maximum = highest();
    ordered(node, "minimum", minimum.map(Type.Limit::value), maximum.map(Type.Limit::value));
    if (isDouble && node.has("multipleOf")) {
      node.problem("multipleOf", "'multipleOf' needs an exact number; leave the format out");
    }
    return isDouble
        ? new Type.Binary(minimum, maximum)
        : new Type.Decimal(minimum, maximum, step(), Type.Notation.NUMBER);
  }

  private Optional<BigDecimal> step() {
    Optional<BigDecimal> step = node.number("multipleOf");
    if (step.isPresent() && step.get().signum() <= 0) {
      node.problem("multipleOf", "'multipleOf' must be more than 0");
      return Optional.empty();
    }
    return step;
  }

  private Optional<BigDecimal> wholeStep(BigDecimal step) {
    if (step.stripTrailingZeros().scale() > 0) {
      node.problem("multipleOf", "'multipleOf' of an integer must be a whole number");
      return Optional.empty();
    }
    return Optional.of(step);
  }

  /// The upper bound, if it is not below the lower one; else a problem and no bound.
  static <T extends Comparable<T>> Optional<T> ordered(
      Node node, String keyword, Optional<T> low, Optional<T> high) {
    if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
      node.problem(
          keyword, "nothing is from %s to %s; swap the bounds".formatted(low.get(), high.get()));
      return Optional.empty();
    }
    return high;
  }

  private Type text(Type.Form form) {
    Optional<Integer> minLength = node.count("minLength");
    Optional<Integer> maxLength = ordered(node, "minLength", minLength, node.count("maxLength"));
    Optional<String> pattern = node.text("pattern").filter(this::isPortable);
    return new Type.Text(form, minLength, maxLength, pattern);
  }

  private boolean isPortable(String pattern) {
    Optional<String> fault = PortablePattern.fault(pattern);
    fault.ifPresent(reason -> node.problem("pattern", reason));
    return fault.isEmpty();
  }

  private Optional<Type.Limit> lowest() {
    return limit("minimum", "exclusiveMinimum");
  }

  private Optional<Type.Limit> highest() {
    return limit("maximum", "exclusiveMaximum");
  }

  private Optional<Type.Limit> limit(String included, String excluded) {
    if (node.has(included) && node.has(excluded)) {
      node.problem(excluded, "give either '%s' or '%s'".formatted(included, excluded));
    }
    return node.number(included)
        .map(value -> new Type.Limit(value, true))
        .or(() -> node.number(excluded).map(value -> new Type.Limit(value, false)));
  }

  private BigDecimal roundedUp(Type.Limit limit) {
    BigDecimal whole = limit.value().setScale(0, RoundingMode.CEILING);
    boolean isExcluded = !limit.included() && whole.compareTo(limit.value()) == 0;
    return isExcluded ? whole.add(BigDecimal.ONE) : whole;
  }

  private BigDecimal roundedDown(Type.Limit limit) {
    BigDecimal whole = limit.value().setScale(0, RoundingMode.FLOOR);
    boolean isExcluded = !limit.included() && whole.compareTo(limit.value()) == 0;
    return isExcluded ? whole.subtract(BigDecimal.ONE) : whole;
  }

  private Optional<Long> inRange(BigDecimal bound, Type.Width width, String keyword) {
    int bits = width == Type.Width.INT32 ? 31 : 63;
    if (bound.toBigInteger().bitLength() > bits) {
      node.problem(
          keyword,
          "the bound %s is beyond %s"
              .formatted(bound.toPlainString(), width.name().toLowerCase(Locale.ROOT)));
      return Optional.empty();
    }
    return Optional.of(bound.longValueExact());
  }
}
