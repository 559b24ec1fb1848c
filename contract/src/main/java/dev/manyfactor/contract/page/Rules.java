package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a value must be beside its type, in words.
final class Rules {
  private Rules() {}

  /// One sentence part per rule; none if every value of the type will do.
  static List<String> of(Type type) {
    List<String> rules = new ArrayList<>();
    switch (type) {
      case Type.Text text -> {
        range("character", text.minLength(), text.maxLength()).ifPresent(rules::add);
        text.pattern().map("matches %s"::formatted).ifPresent(rules::add);
      }
      case Type.Whole whole -> {
        between(whole.minimum(), whole.maximum()).ifPresent(rules::add);
        whole.step().map("a multiple of %s"::formatted).ifPresent(rules::add);
      }
      case Type.Decimal decimal -> {
        limits(decimal.minimum(), decimal.maximum(), rules);
        decimal.step().map(step -> "a multiple of " + step.toPlainString()).ifPresent(rules::add);
      }
      case Type.Binary binary -> limits(binary.minimum(), binary.maximum(), rules);
      case Type.Items items -> {
        range("item", items.minItems(), items.maxItems()).ifPresent(rules::add);
        if (items.unique()) {
          rules.add("no item twice");
        }
        of(items.item()).stream().map("each item: "::concat).forEach(rules::add);
      }
      case Type.Entries entries -> {
        range("entry", entries.minProperties(), entries.maxProperties()).ifPresent(rules::add);
        entries.names().map(Rules::of).orElse(List.of()).stream()
            .map("each name: "::concat)
            .forEach(rules::add);
        of(entries.value()).stream().map("each value: "::concat).forEach(rules::add);
      }
      case Type.Among among ->
          rules.add(
              (among.values().size() == 1 ? "always " : "one of ")
                  + String.join(", ", among.values()));
      case Type.Sensitive sensitive -> {
        rules.addAll(of(sensitive.of()));
        rules.add("sensitive");
      }
      case Type.Possible possible -> rules.addAll(of(possible.of()));
      case Type.Any _ -> {}
      case Type.Plain _ -> {}
      case Type.Choice _ -> {}
      case Type.Reference _ -> {}
    }
    return rules;
  }

  private static Optional<String> range(
      String unit, Optional<Integer> fewest, Optional<Integer> most) {
    if (fewest.isPresent() && fewest.equals(most)) {
      return Optional.of("exactly " + counted(fewest.get(), unit));
    }
    if (fewest.orElse(0) > 0) {
      return Optional.of(
          most.map(bound -> "%d to %s".formatted(fewest.get(), counted(bound, unit)))
              .orElseGet(() -> "at least " + counted(fewest.get(), unit)));
    }
    return most.map(bound -> "at most " + counted(bound, unit));
  }

  private static String counted(int count, String unit) {
    String plural = unit.equals("entry") ? "entries" : unit + "s";
    return count + " " + (count == 1 ? unit : plural);
  }

  private static Optional<String> between(Optional<Long> minimum, Optional<Long> maximum) {
    if (minimum.isPresent() && maximum.isPresent()) {
      return Optional.of("%d to %d".formatted(minimum.get(), maximum.get()));
    }
    return minimum.map("%d or more"::formatted).or(() -> maximum.map("%d or less"::formatted));
  }

  private static void limits(
      Optional<Type.Limit> minimum, Optional<Type.Limit> maximum, List<String> rules) {
    minimum.map(limit -> limit(limit, "%s or more", "more than %s")).ifPresent(rules::add);
    maximum.map(limit -> limit(limit, "%s or less", "less than %s")).ifPresent(rules::add);
  }

  private static String limit(Type.Limit limit, String included, String excluded) {
    return (limit.included() ? included : excluded).formatted(limit.value().toPlainString());
  }
}
