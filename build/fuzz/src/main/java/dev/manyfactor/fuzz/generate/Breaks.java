package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The ways to break one rule of a schema at one value, each with the place that a violation must
/// name. For one thread.
final class Breaks {
  private static final String DIGITS = "9".repeat(80);

  private final ContainerBreaks containers;
  private final Texts texts;
  private final Numbers numbers;
  private final Chance chance;

  Breaks(Values values, Chance chance) {
    this.containers = new ContainerBreaks(values, chance);
    this.chance = chance;
    this.texts = new Texts(chance);
    this.numbers = new Numbers(chance);
  }

  /// A broken rule.
  ///
  /// @param name of the way it is broken
  /// @param by what stands at the place instead
  /// @param pointer what the violation must name
  record Break(String name, Place place, Document by, String pointer) {}

  /// A way to break a rule, not yet gone.
  record Way(String name, Supplier<Break> make) {
    /// Puts something else in the value's place.
    static Way instead(String name, Spot spot, Supplier<Document> by) {
      return new Way(name, () -> new Break(name, spot.place(), by.get(), spot.place().pointer()));
    }

    /// Puts an object in the value's place in which one field is wrong.
    static Way inside(String name, Spot spot, String field, Supplier<Document> by) {
      return new Way(
          name, () -> new Break(name, spot.place(), by.get(), spot.place().plus(field).pointer()));
    }
  }

  /// Every way at this value.
  List<Way> at(Spot spot) {
    var ways = new ArrayList<Way>();
    ways.add(Way.instead("wrong-type", spot, () -> chance.pick(others(spot.shape()))));
    if (!spot.nullable()) {
      ways.add(Way.instead("null", spot, () -> Document.Literal.NULL));
    }
    if (!spot.value().equals(Document.Literal.NULL)) {
      switch (spot.shape()) {
        case Shape.Words words -> words(words, spot, ways);
        case Shape.Numeric numeric -> numeric(numeric, spot, ways);
        case Shape.Struct _, Shape.Sequence _, Shape.Mapping _, Shape.Union _ ->
            ways.addAll(containers.at(spot));
        case Shape.Fixed(var all) ->
            ways.add(
                Way.instead(
                    "no-such-number", spot, () -> new Document.Literal(all.getFirst() + "7")));
        case Shape.Truth _, Shape.Nullable _, Shape.Named _ -> {}
      }
    }
    return ways;
  }

  /// Values of every type but the one.
  private static List<Document> others(Shape shape) {
    Stream<Document> all =
        Stream.of(
            new Document.Text(shape instanceof Shape.Numeric ? "1" : "true"),
            new Document.Literal("1"),
            new Document.Literal("true"),
            new Document.Sequence(List.of()),
            new Document.Struct(List.of()));
    return all.filter(document -> !isOf(shape, document)).toList();
  }

  private static boolean isOf(Shape shape, Document document) {
    return switch (shape) {
      case Shape.Words _ -> document instanceof Document.Text;
      case Shape.Numeric _, Shape.Fixed _ ->
          document instanceof Document.Literal(var text) && text.equals("1");
      case Shape.Truth _ -> document instanceof Document.Literal(var text) && text.equals("true");
      case Shape.Sequence _ -> document instanceof Document.Sequence;
      case Shape.Struct _, Shape.Mapping _, Shape.Union _ -> document instanceof Document.Struct;
      case Shape.Nullable(var other) -> isOf(other, document);
      case Shape.Named _ -> throw new IllegalStateException("a resolved shape is no name");
    };
  }

  private void words(Shape.Words words, Spot spot, List<Way> ways) {
    ways.add(Way.instead("character-u0000", spot, () -> new Document.Text(withZero(spot.value()))));
    for (BrokenText broken : BrokenText.of(words, texts)) {
      ways.add(Way.instead(broken.name(), spot, () -> new Document.Text(broken.make(chance))));
    }
  }

  private static String withZero(Document value) {
    String text = value instanceof Document.Text(var it) ? it : "";
    return text.isEmpty() ? "\0" : "\0" + text.substring(text.offsetByCodePoints(0, 1));
  }

  private void numeric(Shape.Numeric numeric, Spot spot, List<Way> ways) {
    number("below-minimum", spot, numbers.tooSmall(numeric), ways);
    number("above-maximum", spot, numbers.tooGreat(numeric), ways);
    if (numeric.step().isPresent()) {
      number("off-step", spot, numbers.offStep(numeric), ways);
    }
    if (numeric.whole()) {
      ways.add(Way.instead("fraction", spot, () -> new Document.Literal("1.5")));
      ways.add(Way.instead("far-out-of-range", spot, () -> new Document.Literal(DIGITS)));
      ways.add(Way.instead("far-exponent", spot, () -> new Document.Literal("1e999999999")));
    } else if (numeric.format().isEmpty()) {
      ways.add(Way.instead("too-many-digits", spot, () -> new Document.Literal(DIGITS)));
      ways.add(Way.instead("far-exponent", spot, () -> new Document.Literal("1e-999999999")));
    } else {
      ways.add(Way.instead("far-exponent", spot, () -> new Document.Literal("-1e400")));
    }
  }

  private static void number(String name, Spot spot, Optional<BigDecimal> number, List<Way> ways) {
    number.ifPresent(
        it -> ways.add(Way.instead(name, spot, () -> new Document.Literal(it.toPlainString()))));
  }
}
