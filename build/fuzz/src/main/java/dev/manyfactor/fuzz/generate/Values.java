package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Notation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes documents that keep every rule of a schema. For one thread.
final class Values {
  private static final int DEEPEST = 5;
  private static final int MANY = 6;
  private static final int TRIES = 20;

  private final Api api;
  private final Known known;
  private final Chance chance;
  private final Texts texts;
  private final Numbers numbers;

  Values(Api api, Known known, Chance chance) {
    this.api = api;
    this.known = known;
    this.chance = chance;
    this.texts = new Texts(chance);
    this.numbers = new Numbers(chance);
  }

  /// A document of this shape.
  Document of(Shape shape) {
    return of(shape, 0);
  }

  private Document of(Shape shape, int depth) {
    return switch (shape) {
      case Shape.Words words -> new Document.Text(texts.valid(words, Alphabet.ANY));
      case Shape.Numeric numeric -> new Document.Literal(numbers.notation(numbers.valid(numeric)));
      case Shape.Fixed(var all) ->
          new Document.Literal(numbers.notation(new BigDecimal(chance.pick(all))));
      case Shape.Truth() -> new Document.Literal(String.valueOf(chance.oneIn(2)));
      case Shape.Nullable(var other) -> chance.oneIn(3) ? Document.Literal.NULL : of(other, depth);
      case Shape.Named _ -> of(api.resolved(shape), depth);
      case Shape.Struct struct -> struct(struct, depth);
      case Shape.Sequence sequence -> sequence(sequence, depth);
      case Shape.Mapping mapping -> mapping(mapping, depth);
      case Shape.Union(var property, var kinds) -> {
        String text = chance.pick(List.copyOf(kinds.keySet()));
        Document made = of(kinds.getOrDefault(text, shape), depth);
        yield shuffled(((Document.Struct) made).with(property, new Document.Text(text)));
      }
    };
  }

  private Document.Struct struct(Shape.Struct struct, int depth) {
    var members = new ArrayList<Document.Member>();
    int percent = depth > DEEPEST ? 0 : chance.pick(List.of(0, 50, 50, 80, 100));
    struct
        .fields()
        .forEach((name, field) -> {
          if (field.required() || chance.percent(percent)) {
            members.add(new Document.Member(name, field(name, field.shape(), depth + 1)));
          }
        });
    return shuffled(new Document.Struct(members));
  }

  private Document field(String name, Shape shape, int depth) {
    Optional<String> id = chance.percent(85) ? known.of(name, chance) : Optional.empty();
    return id.isPresent() && api.resolved(shape) instanceof Shape.Words
        ? new Document.Text(id.get())
        : of(shape, depth);
  }

  private Document.Struct shuffled(Document.Struct struct) {
    return chance.oneIn(2) ? new Document.Struct(chance.shuffled(struct.members())) : struct;
  }

  private Document sequence(Shape.Sequence sequence, int depth) {
    int count = count(sequence.minItems(), sequence.maxItems(), depth);
    var items = new ArrayList<Document>();
    Set<String> seen = new HashSet<>();
    for (int tries = 0; items.size() < count && tries < count + TRIES; tries++) {
      Document item = of(sequence.items(), depth + 1);
      if (!sequence.unique() || seen.add(identity(item))) {
        items.add(item);
      }
    }
    return new Document.Sequence(items);
  }

  /// Equal for equal values, however they are written.
  static String identity(Document item) {
    if (item instanceof Document.Literal(var text)
        && !text.isEmpty()
        && "-0123456789".indexOf(text.charAt(0)) >= 0) {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    return Notation.plain(item);
  }

  private Document mapping(Shape.Mapping mapping, int depth) {
    int count = count(mapping.minProperties(), mapping.maxProperties(), depth);
    Map<String, Document> entries = new LinkedHashMap<>();
    for (int tries = 0; entries.size() < count && tries < count + TRIES; tries++) {
      entries.put(name(mapping), of(mapping.values(), depth + 1));
    }
    return new Document.Struct(
        entries.entrySet().stream()
            .map(entry -> new Document.Member(entry.getKey(), entry.getValue()))
            .toList());
  }

  /// A name for an entry, of at most 256 characters, which is the longest that is read.
  String name(Shape.Mapping mapping) {
    Shape.Words names = mapping.names();
    var bounded =
        new Shape.Words(
            names.minLength(),
            Math.min(names.maxLength(), 60),
            names.pattern(),
            names.format(),
            names.choices(),
            false);
    return texts.valid(bounded, Alphabet.ANY);
  }

  private int count(int least, int most, int depth) {
    if (depth > DEEPEST) {
      return least;
    }
    return switch (chance.below(4)) {
      case 0 -> least;
      case 1 -> most <= 20 ? most : least;
      default -> chance.between(least, Math.min(most, least + MANY));
    };
  }
}
