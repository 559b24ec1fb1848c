package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the schema of a string or a number.
final class ScalarReader {
  private static final Map<String, Type.Plain> FORMATS =
      Map.of(
          "uuid", Type.Plain.UUID,
          "date", Type.Plain.DATE,
          "date-time", Type.Plain.DATE_TIME,
          "uri", Type.Plain.URI,
          "uri-reference", Type.Plain.URI_REFERENCE);

  private final Node node;

  ScalarReader(Node node) {
    this.node = node;
  }

  Type string() {
    Optional<String> format = node.text("format");
    if (format.isEmpty()) {
      return text(Type.Form.ANY);
    }
    if (format.get().equals("email")) {
      return text(Type.Form.EMAIL);
    }
    Type.Plain plain = FORMATS.get(format.get());
    if (plain == null) {
      node.problem(
          "format",
          "the format '%s' is not supported; use uuid, date, date-time, email, uri or uri-reference, or a pattern"
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

  Type whole() {
    Type.Width width = width();
    Optional<Long> minimum =
        lowest().map(this::roundedUp).flatMap(bound -> inRange(bound, width, "minimum"));
    Optional<Long> maximum =
        highest().map(this::roundedDown).flatMap(bound -> inRange(bound, width, "maximum"));
    return new Type.Whole(width, minimum, ordered(node, "minimum", minimum, maximum));
  }

  Type decimal() {
    if (node.has("format")) {
      node.problem("format", "a number is exact to the last digit; leave the format out");
    }
    Optional<Type.Limit> minimum = lowest();
    Optional<Type.Limit> maximum = highest();
    ordered(node, "minimum", minimum.map(Type.Limit::value), maximum.map(Type.Limit::value));
    return new Type.Decimal(minimum, maximum);
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

  private Type.Width width() {
    return switch (node.text("format").orElse("")) {
      case "int32" -> Type.Width.INT32;
      case "int64" -> Type.Width.INT64;
      default -> {
        node.problem("format", "an integer must say how large it can be: format int32 or int64");
        yield Type.Width.INT64;
      }
    };
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
