package dev.manyfactor.benchmarks;

import java.util.List;

/// How often and how long to measure.
///
/// @param rounds how often each figure is taken
/// @param seconds how long a load goes on
/// @param seed of what is chosen at random
public record Options(int rounds, int seconds, long seed) {
  /// As most benchmarks do it.
  public static final Options DEFAULT = new Options(15, 1, 1);

  /// Refuses less than one.
  public Options {
    if (rounds < 1 || seconds < 1) {
      throw new IllegalArgumentException(
          "rounds and seconds must be 1 or more, but are " + rounds + " and " + seconds);
    }
  }

  /// These, but for what `--rounds N --seconds N --seed N` say, each if it is there.
  public Options with(String... arguments) {
    List<String> words = List.of(arguments);
    var options = this;
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " needs a number behind it");
      }
      options = options.with(words.get(i), Long.parseLong(words.get(i + 1)));
    }
    return options;
  }

  private Options with(String name, long value) {
    return switch (name) {
      case "--rounds" -> new Options(Math.toIntExact(value), seconds, seed);
      case "--seconds" -> new Options(rounds, Math.toIntExact(value), seed);
      case "--seed" -> new Options(rounds, seconds, value);
      default ->
          throw new IllegalArgumentException(
              "there is no option " + name + "; use --rounds, --seconds or --seed");
    };
  }
}
