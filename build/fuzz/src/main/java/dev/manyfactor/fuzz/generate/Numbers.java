package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes numbers that keep the rules of a schema, or break one of them. For one thread.
final class Numbers {
  private static final BigDecimal DEFAULT_SPAN = new BigDecimal("1000000");
  private static final BigDecimal SMALL = new BigDecimal("0.001");
  private static final int TRIES = 50;

  private final Chance chance;

  Numbers(Chance chance) {
    this.chance = chance;
  }

  /// A number that keeps all the rules, often one at a bound.
  ///
  /// @throws IllegalStateException if none is found
  BigDecimal valid(Shape.Numeric shape) {
    for (int i = 0; i < TRIES; i++) {
      BigDecimal number = snapped(candidate(shape), shape);
      if (isWithin(number, shape)) {
        return number;
      }
    }
    throw new IllegalStateException("no number was found for " + shape);
  }

  private BigDecimal candidate(Shape.Numeric shape) {
    BigDecimal grain = grain(shape);
    BigDecimal least = least(shape);
    BigDecimal most = most(shape);
    return switch (chance.below(8)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> least.add(grain);
      case 3 -> most.subtract(grain);
      case 4 -> BigDecimal.valueOf(chance.between(-1, 1));
      case 5 -> shape.whole() ? least : least.add(new BigDecimal("0.1"));
      default -> {
        BigDecimal share = BigDecimal.valueOf(chance.below(1_000_000)).scaleByPowerOfTen(-6);
        yield least
            .add(most.subtract(least).multiply(share))
            .setScale(shape.whole() ? 0 : 4, RoundingMode.DOWN);
      }
    };
  }

  private static BigDecimal least(Shape.Numeric shape) {
    return shape
        .minimum()
        .map(Shape.Limit::value)
        .orElseGet(() ->
            shape.maximum().map(Shape.Limit::value).orElse(BigDecimal.ZERO).subtract(DEFAULT_SPAN));
  }

  private static BigDecimal most(Shape.Numeric shape) {
    return shape
        .maximum()
        .map(Shape.Limit::value)
        .orElseGet(() ->
            shape.minimum().map(Shape.Limit::value).orElse(BigDecimal.ZERO).add(DEFAULT_SPAN));
  }

  /// The smallest difference that matters.
  private static BigDecimal grain(Shape.Numeric shape) {
    return shape.step().orElse(shape.whole() ? BigDecimal.ONE : SMALL);
  }

  private static BigDecimal snapped(BigDecimal number, Shape.Numeric shape) {
    return shape
        .step()
        .map(step -> number.divide(step, 0, RoundingMode.DOWN).multiply(step))
        .orElse(number);
  }

  private static boolean isWithin(BigDecimal number, Shape.Numeric shape) {
    return shape.minimum().filter(limit -> !isAbove(number, limit)).isEmpty()
        && shape.maximum().filter(limit -> !isBelow(number, limit)).isEmpty();
  }

  private static boolean isAbove(BigDecimal number, Shape.Limit limit) {
    int order = number.compareTo(limit.value());
    return order > 0 || (order == 0 && limit.included());
  }

  private static boolean isBelow(BigDecimal number, Shape.Limit limit) {
    int order = number.compareTo(limit.value());
    return order < 0 || (order == 0 && limit.included());
  }

  /// The number just below the least that is allowed, if there is a least.
  Optional<BigDecimal> tooSmall(Shape.Numeric shape) {
    return shape
        .minimum()
        .map(limit -> limit.included() ? limit.value().subtract(grain(shape)) : limit.value());
  }

  /// The number just above the greatest that is allowed, if there is a greatest.
  Optional<BigDecimal> tooGreat(Shape.Numeric shape) {
    return shape
        .maximum()
        .map(limit -> limit.included() ? limit.value().add(grain(shape)) : limit.value());
  }

  /// A number within the bounds that is no multiple, if there has to be a step.
  Optional<BigDecimal> offStep(Shape.Numeric shape) {
    Optional<BigDecimal> step =
        shape.step().filter(it -> !shape.whole() || it.compareTo(BigDecimal.ONE) > 0);
    return step.map(
            it -> {
              BigDecimal half = shape.whole() ? BigDecimal.ONE : it.divide(BigDecimal.TWO);
              return valid(shape).add(half);
            })
        .filter(number -> isWithin(number, shape));
  }

  /// One of the ways to write the number in JSON; all of them mean the same.
  String notation(BigDecimal number) {
    var ways = new ArrayList<String>();
    ways.add(number.toPlainString());
    ways.add(number.toPlainString());
    if (number.signum() == 0) {
      ways.addAll(List.of("-0", "0.0", "0e0", "-0.0", "0E+5"));
    } else if (number.precision() < 40) {
      BigInteger digits = number.unscaledValue();
      ways.add(digits + "e" + -number.scale());
      ways.add(digits + "0E-" + (number.scale() + 1));
      if (number.scale() <= 0) {
        ways.add(number.toPlainString() + ".0");
      }
    }
    return chance.pick(ways.stream().map(way -> way.replace("--", "")).toList());
  }
}
