package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiParameter;
import dev.manyfactor.fuzz.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Parameters that break a rule of their schema, are missing, given twice or not known.
final class ParameterRules {
  private final Api api;
  private final Maker maker;
  private final Chance chance;

  ParameterRules(Api api, Maker maker) {
    this.api = api;
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    var ways = new ArrayList<Family.Way>();
    for (ApiParameter parameter : parts.operation().parameters()) {
      if (parameter.required() && parameter.in() != ApiParameter.In.PATH) {
        add(ways, "missing", parameter.pointer(), () -> parts.with(parameter, List.of()));
      }
      if (api.resolved(parameter.shape()) instanceof Shape.Sequence sequence) {
        list(parts, parameter, sequence, ways);
      } else {
        single(parts, parameter, ways);
      }
    }
    ways.add(new Family.Way("parameter:unknown", () -> unknown(parts)));
    return ways;
  }

  private void single(Parts parts, ApiParameter parameter, List<Family.Way> ways) {
    for (BrokenText broken : broken(api.resolved(parameter.shape()))) {
      String text = broken.make(chance);
      if (fits(parameter, text)) {
        add(ways, broken.name(), parameter.pointer(), () -> parts.with(parameter, List.of(text)));
      }
    }
    if (parameter.in() == ApiParameter.In.QUERY) {
      Alphabet alphabet = Maker.alphabet(parameter);
      add(
          ways,
          "twice",
          parameter.pointer(),
          () -> {
            String text = maker.scalar(api.resolved(parameter.shape()), alphabet);
            return parts.with(parameter, List.of(text, text));
          });
    }
  }

  private void list(
      Parts parts, ApiParameter parameter, Shape.Sequence sequence, List<Family.Way> ways) {
    List<String> given = parts.parameters().getOrDefault(parameter, List.of());
    Shape item = api.resolved(sequence.items());
    Alphabet alphabet = Maker.alphabet(parameter);
    for (BrokenText broken : broken(item)) {
      String text = broken.make(chance);
      boolean isOne = !text.contains(" ") && !text.contains("|"); // which may stand between items
      if (isOne && fits(parameter, text) && !given.isEmpty()) {
        int at = chance.below(given.size());
        add(
            ways,
            "item-" + broken.name(),
            parameter.pointer() + "/" + at,
            () -> {
              var texts = new ArrayList<>(given);
              texts.set(at, text);
              return parts.with(parameter, texts);
            });
      }
    }
    if (sequence.maxItems() < 40) {
      add(
          ways,
          "too-many-items",
          parameter.pointer(),
          () -> {
            var texts = new ArrayList<>(given);
            while (texts.size() <= sequence.maxItems()) {
              texts.add(maker.scalar(item, alphabet));
            }
            return parts.with(parameter, texts);
          });
    }
    if (sequence.minItems() > 1) {
      add(
          ways,
          "too-few-items",
          parameter.pointer(),
          () -> parts.with(parameter, List.of(maker.scalar(item, alphabet))));
    }
    if (sequence.unique() && sequence.maxItems() > 1) {
      add(
          ways,
          "item-twice",
          parameter.pointer(),
          () -> {
            String text = maker.scalar(item, alphabet);
            return parts.with(parameter, List.of(text, text));
          });
    }
  }

  /// Whether the text arrives as it is: not taken for several, nor for another path.
  private static boolean fits(ApiParameter parameter, String text) {
    return switch (parameter.in()) {
      case QUERY -> text.length() < 2_000 && text.indexOf('\0') < 0;
      case PATH, HEADER -> text.length() < 2_000 && Maker.alphabet(parameter).allows(text);
    };
  }

  private List<BrokenText> broken(Shape shape) {
    return switch (shape) {
      case Shape.Words words -> BrokenText.of(words, maker.texts());
      case Shape.Numeric numeric -> numbers(numeric);
      case Shape.Fixed(var all) ->
          List.of(fixed("no-such-number", all.getFirst() + "7", "x", "", "1e0"));
      case Shape.Truth() -> List.of(fixed("no-truth", "TRUE", "1", "yes", "", "null", "true "));
      case Shape.Nullable(var other) -> broken(api.resolved(other));
      case Shape.Named _, Shape.Struct _, Shape.Sequence _, Shape.Mapping _, Shape.Union _ ->
          List.of();
    };
  }

  private List<BrokenText> numbers(Shape.Numeric shape) {
    var ways = new ArrayList<BrokenText>();
    ways.add(
        fixed(
            "no-number",
            "",
            "x",
            "+1",
            "0x10",
            " 1",
            "1 ",
            "--1",
            "01",
            "1_000",
            "NaN",
            "Infinity",
            "１",
            "null",
            "1,5"));
    if (shape.whole()) {
      ways.add(fixed("no-whole-number", "1.5", "1.0", "1e2", "9".repeat(60)));
    }
    number("below-minimum", maker.numbers().tooSmall(shape), ways);
    number("above-maximum", maker.numbers().tooGreat(shape), ways);
    number("off-step", maker.numbers().offStep(shape), ways);
    return ways;
  }

  private static void number(String name, Optional<BigDecimal> number, List<BrokenText> ways) {
    number.ifPresent(it -> ways.add(new BrokenText(name, _ -> it.toPlainString())));
  }

  private static BrokenText fixed(String name, String... texts) {
    return new BrokenText(name, chance -> chance.pickText(texts));
  }

  private void add(List<Family.Way> ways, String name, String pointer, Supplier<Parts> change) {
    String kind = "parameter:" + name;
    ways.add(
        new Family.Way(
            kind,
            () -> {
              Parts changed = change.get();
              Draft valid = maker.written(changed);
              return valid.as(kind, new Expected.Violating(Set.of(pointer)));
            }));
  }

  private Draft unknown(Parts parts) {
    String name = chance.pickText("unknown", "Limit", "limit[]", "filter.x", "a-b");
    String kind = "parameter:unknown";
    return maker
        .written(parts)
        .withQuery(query -> {
          query.add(
              chance.below(query.size() + 1),
              name.replace("[]", "%5B%5D") + chance.pickText("=1", "", "="));
          return query;
        })
        .as(kind, new Expected.Violating(Set.of("query." + name)));
  }
}
