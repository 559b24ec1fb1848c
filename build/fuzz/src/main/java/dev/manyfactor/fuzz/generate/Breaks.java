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
  private static final int LONGEST = 20_000;
  private static final int MOST_ITEMS = 300;
  private static final String DIGITS = "9".repeat(80);

  private final Values values;
  private final Texts texts;
  private final Numbers numbers;
  private final Chance chance;

  Breaks(Values values, Chance chance) {
    this.values = values;
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
  record Way(String name, Supplier<Break> make) {}

  /// Every way at this value.
  List<Way> at(Spot spot) {
    var ways = new ArrayList<Way>();
    ways.add(way("wrong-type", spot, () -> chance.pick(others(spot.shape()))));
    if (!spot.nullable()) {
      ways.add(way("null", spot, () -> Document.Literal.NULL));
    }
    if (!spot.value().equals(Document.Literal.NULL)) {
      switch (spot.shape()) {
        case Shape.Words words -> words(words, spot, ways);
        case Shape.Numeric numeric -> numeric(numeric, spot, ways);
        case Shape.Struct struct -> struct(struct, spot, ways);
        case Shape.Sequence sequence -> sequence(sequence, spot, ways);
        case Shape.Mapping mapping -> mapping(mapping, spot, ways);
        case Shape.Union union -> union(union, spot, ways);
        case Shape.Fixed(var all) ->
            ways.add(way("no-such-number", spot, () -> new Document.Literal(all.getFirst() + "7")));
        case Shape.Truth _, Shape.Nullable _, Shape.Named _ -> {}
      }
    }
    return ways;
  }

  private static Way way(String name, Spot spot, Supplier<Document> by) {
    return new Way(name, () -> new Break(name, spot.place(), by.get(), spot.place().pointer()));
  }

  private static Way inner(String name, Spot spot, String field, Supplier<Document> by) {
    return new Way(
        name, () -> new Break(name, spot.place(), by.get(), spot.place().plus(field).pointer()));
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
    ways.add(way("character-u0000", spot, () -> new Document.Text(withZero(spot.value()))));
    for (BrokenText broken : BrokenText.of(words, texts)) {
      ways.add(way(broken.name(), spot, () -> new Document.Text(broken.make(chance))));
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
      ways.add(way("fraction", spot, () -> new Document.Literal("1.5")));
      ways.add(way("far-out-of-range", spot, () -> new Document.Literal(DIGITS)));
      ways.add(way("far-exponent", spot, () -> new Document.Literal("1e999999999")));
    } else if (numeric.format().isEmpty()) {
      ways.add(way("too-many-digits", spot, () -> new Document.Literal(DIGITS)));
      ways.add(way("far-exponent", spot, () -> new Document.Literal("1e-999999999")));
    } else {
      ways.add(way("far-exponent", spot, () -> new Document.Literal("-1e400")));
    }
  }

  private static void number(String name, Spot spot, Optional<BigDecimal> number, List<Way> ways) {
    number.ifPresent(
        it -> ways.add(way(name, spot, () -> new Document.Literal(it.toPlainString()))));
  }

  private void struct(Shape.Struct struct, Spot spot, List<Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    struct
        .fields()
        .forEach((name, field) -> {
          if (field.required()) {
            ways.add(inner("missing-field", spot, name, () -> value.without(name)));
          }
        });
    String unknown = unknownName();
    if (value.member(unknown).isEmpty()) {
      ways.add(
          inner("unknown-field", spot, unknown, () -> value.with(unknown, new Document.Text("x"))));
    }
  }

  private String unknownName() {
    return chance.pickText(
            "unknown",
            "unknown/x",
            "~unknown",
            "un known",
            "𝒳unknown",
            "Id",
            "",
            "0",
            "$ref",
            "__proto__")
        + "";
  }

  private void sequence(Shape.Sequence sequence, Spot spot, List<Way> ways) {
    List<Document> items = ((Document.Sequence) spot.value()).items();
    if (sequence.minItems() > 0) {
      ways.add(
          way(
              "too-few-items",
              spot,
              () ->
                  new Document.Sequence(
                      items.subList(0, Math.min(items.size(), sequence.minItems() - 1)))));
    }
    if (sequence.maxItems() < MOST_ITEMS) {
      ways.add(way("too-many-items", spot, () -> filled(sequence, items)));
    }
    if (sequence.unique() && !items.isEmpty() && sequence.maxItems() > 1) {
      ways.add(way("item-twice", spot, () -> doubled(sequence, items)));
    }
  }

  private Document filled(Shape.Sequence sequence, List<Document> items) {
    var more = new ArrayList<>(items);
    while (more.size() <= sequence.maxItems()) {
      more.add(values.of(sequence.items()));
    }
    return new Document.Sequence(more);
  }

  private Document doubled(Shape.Sequence sequence, List<Document> items) {
    var more = new ArrayList<>(items);
    Document twice = chance.pick(items);
    if (more.size() < sequence.maxItems()) {
      more.add(chance.below(more.size() + 1), twice);
    } else {
      int other = more.indexOf(twice) == 0 ? 1 : 0;
      more.set(other, twice);
    }
    return new Document.Sequence(more);
  }

  private void mapping(Shape.Mapping mapping, Spot spot, List<Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    if (mapping.minProperties() > 0) {
      int fewer = Math.min(value.members().size(), mapping.minProperties() - 1);
      ways.add(
          way(
              "too-few-properties",
              spot,
              () -> new Document.Struct(value.members().subList(0, fewer))));
    }
    if (mapping.maxProperties() < MOST_ITEMS) {
      ways.add(way("too-many-properties", spot, () -> filled(mapping, value)));
    }
    if (value.members().size() < mapping.maxProperties()) {
      for (BrokenText broken : BrokenText.of(mapping.names(), texts)) {
        String name = broken.make(chance);
        if (name.length() < 250 && value.member(name).isEmpty()) {
          ways.add(
              inner(
                  "name-" + broken.name(),
                  spot,
                  name,
                  () -> value.with(name, values.of(mapping.values()))));
        }
      }
    }
  }

  private Document filled(Shape.Mapping mapping, Document.Struct value) {
    Document.Struct more = value;
    for (int tries = 0;
        more.members().size() <= mapping.maxProperties() && tries < LONGEST;
        tries++) {
      more = more.with(values.name(mapping), values.of(mapping.values()));
    }
    return more;
  }

  private static void union(Shape.Union union, Spot spot, List<Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    String property = union.property();
    ways.add(inner("discriminator-missing", spot, property, () -> value.without(property)));
    ways.add(
        inner(
            "discriminator-unknown",
            spot,
            property,
            () -> value.with(property, new Document.Text("no-such-kind"))));
    ways.add(
        inner(
            "discriminator-wrong-type",
            spot,
            property,
            () -> value.with(property, new Document.Literal("1"))));
  }
}
