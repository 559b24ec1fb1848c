package dev.manyfactor.jobs;

import dev.manyfactor.config.Description;
import java.time.Instant;
import java.util.List;

/// What becomes of the instants that passed while no scheduler was running.
///
/// As a setting it is `none`, `last`, or `all up to 10`.
@Description(value = "none, last or all up to a number", example = "all up to 10")
public sealed interface CatchUp {

  /// They are passed over. An instant counts as missed once it is a minute old.
  record None() implements CatchUp {}

  /// The latest of them happens, late; the others are passed over.
  record Last() implements CatchUp {}

  /// They all happen, late and in order, but no more than the latest `most`.
  ///
  /// @param most 1 to 1000
  record All(int most) implements CatchUp {
    public All {
      if (most < 1 || most > 1000) {
        throw new IllegalArgumentException("all up to must name 1 to 1000, but is " + most);
      }
    }
  }

  /// Reads the choice as it is written in a setting.
  ///
  /// @throws IllegalArgumentException saying what it looks like
  static CatchUp parse(String text) {
    String stripped = text.strip();
    return switch (stripped) {
      case "none" -> new None();
      case "last" -> new Last();
      default -> all(stripped);
    };
  }

  private static CatchUp all(String text) {
    if (!text.matches("all up to [0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "catch up must be none, last or all up to a number (all up to 10), but is \"%s\""
              .formatted(text));
    }
    return new All(Integer.parseInt(text.substring("all up to ".length())));
  }

  /// Those of `due` that happen.
  ///
  /// @param due in order, all of them past
  /// @param onTime what is not older than this was not missed
  default List<Instant> choose(List<Instant> due, Instant onTime) {
    return switch (this) {
      case None() -> due.stream().filter(instant -> !instant.isBefore(onTime)).toList();
      case Last() -> latest(due, 1);
      case All(int most) -> latest(due, most);
    };
  }

  private static List<Instant> latest(List<Instant> due, int most) {
    return due.subList(Math.max(0, due.size() - most), due.size());
  }
}
