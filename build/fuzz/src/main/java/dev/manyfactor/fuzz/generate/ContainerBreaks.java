package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import java.util.ArrayList;
import java.util.List;

/// The ways to break a rule about how many values there are in another one, and under which names.
/// For one thread.
final class ContainerBreaks {
  private static final int TRIES = 20_000;
  private static final int MOST_ITEMS = 300;

  private final Values values;
  private final Texts texts;
  private final Chance chance;

  ContainerBreaks(Values values, Chance chance) {
    this.values = values;
    this.chance = chance;
    this.texts = new Texts(chance);
  }

  /// Every way at this object or array.
  List<Breaks.Way> at(Spot spot) {
    var ways = new ArrayList<Breaks.Way>();
    switch (spot.shape()) {
      case Shape.Struct struct -> struct(struct, spot, ways);
      case Shape.Sequence sequence -> sequence(sequence, spot, ways);
      case Shape.Mapping mapping -> mapping(mapping, spot, ways);
      case Shape.Union union -> union(union, spot, ways);
      case Shape.Words _, Shape.Numeric _, Shape.Fixed _, Shape.Truth _ -> {}
      case Shape.Nullable _, Shape.Named _ -> {}
    }
    return ways;
  }

  private void struct(Shape.Struct struct, Spot spot, List<Breaks.Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    struct
        .fields()
        .forEach((name, field) -> {
          if (field.required()) {
            ways.add(Breaks.Way.inside("missing-field", spot, name, () -> value.without(name)));
          }
        });
    String unknown = unknownName();
    if (value.member(unknown).isEmpty()) {
      ways.add(
          Breaks.Way.inside(
              "unknown-field", spot, unknown, () -> value.with(unknown, new Document.Text("x"))));
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
        "__proto__");
  }

  private void sequence(Shape.Sequence sequence, Spot spot, List<Breaks.Way> ways) {
    List<Document> items = ((Document.Sequence) spot.value()).items();
    if (sequence.minItems() > 0) {
      ways.add(
          Breaks.Way.instead(
              "too-few-items",
              spot,
              () ->
                  new Document.Sequence(
                      items.subList(0, Math.min(items.size(), sequence.minItems() - 1)))));
    }
    if (sequence.maxItems() < MOST_ITEMS) {
      ways.add(Breaks.Way.instead("too-many-items", spot, () -> filled(sequence, items)));
    }
    if (sequence.unique() && !items.isEmpty() && sequence.maxItems() > 1) {
      ways.add(Breaks.Way.instead("item-twice", spot, () -> doubled(sequence, items)));
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

  private void mapping(Shape.Mapping mapping, Spot spot, List<Breaks.Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    if (mapping.minProperties() > 0) {
      int fewer = Math.min(value.members().size(), mapping.minProperties() - 1);
      ways.add(
          Breaks.Way.instead(
              "too-few-properties",
              spot,
              () -> new Document.Struct(value.members().subList(0, fewer))));
    }
    if (mapping.maxProperties() < MOST_ITEMS) {
      ways.add(Breaks.Way.instead("too-many-properties", spot, () -> filled(mapping, value)));
    }
    if (value.members().size() < mapping.maxProperties()) {
      for (BrokenText broken : BrokenText.of(mapping.names(), texts)) {
        String name = broken.make(chance);
        if (name.length() < 250 && value.member(name).isEmpty()) {
          ways.add(
              Breaks.Way.inside(
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
        more.members().size() <= mapping.maxProperties() && tries < TRIES;
        tries++) {
      more = more.with(values.name(mapping), values.of(mapping.values()));
    }
    return more;
  }

  private static void union(Shape.Union union, Spot spot, List<Breaks.Way> ways) {
    Document.Struct value = (Document.Struct) spot.value();
    String property = union.property();
    ways.add(
        Breaks.Way.inside("discriminator-missing", spot, property, () -> value.without(property)));
    ways.add(
        Breaks.Way.inside(
            "discriminator-unknown",
            spot,
            property,
            () -> value.with(property, new Document.Text("no-such-kind"))));
    ways.add(
        Breaks.Way.inside(
            "discriminator-wrong-type",
            spot,
            property,
            () -> value.with(property, new Document.Literal("1"))));
  }
}
