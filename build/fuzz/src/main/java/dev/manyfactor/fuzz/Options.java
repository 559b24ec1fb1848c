package dev.manyfactor.fuzz;

import java.util.List;
import java.util.OptionalLong;

/// What to send.
///
/// @param requests over all services
/// @param seed of all requests
/// @param index the only request to send to each service, instead of all
record Options(long requests, long seed, OptionalLong index) {
  static final Options DEFAULT = new Options(100_000, 1, OptionalLong.empty());

  Options {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be 1 or more, but is " + requests);
    }
  }

  /// These, but for what `--requests N --seed N --index N` say, each if it is there.
  Options with(String... arguments) {
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
      case "--requests" -> new Options(value, seed, index);
      case "--seed" -> new Options(requests, value, index);
      case "--index" -> new Options(requests, seed, OptionalLong.of(value));
      default ->
          throw new IllegalArgumentException(
              "there is no option " + name + "; use --requests, --seed or --index");
    };
  }
}
