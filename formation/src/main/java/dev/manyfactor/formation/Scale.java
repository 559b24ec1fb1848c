package dev.manyfactor.formation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many instances of which process types are asked for.
///
/// @param asked each as it is written behind `--scale`: `web=2`, or `cards.web=2` for a process
///   type of a service that the one asked for depends on
public record Scale(List<String> asked) {
  /// One instance of every process type.
  public static final Scale ONE_OF_EACH = new Scale(List.of());

  private static final int HIGHEST = 16; // what the local PostgreSQL has connections for
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

  /// Copies the list.
  public Scale {
    asked = List.copyOf(asked);
  }

  /// A process type that may be named.
  ///
  /// @param name its name with the service: `payments.web`
  private record Known(String name, boolean serves) {
    /// A service that is called needs somebody to answer; work can wait.
    int lowest() {
      return serves ? 1 : 0;
    }
  }

  /// The number of instances of every process type that is named, by its name with the service.
  ///
  /// @param members the last is the service asked for
  /// @param problems gets what is wrong
  Map<String, Integer> over(List<Manifest> members, List<String> problems) {
    Map<String, Known> known = known(members);
    Map<String, Integer> counts = new HashMap<>();
    for (String entry : asked) {
      read(entry, known, counts)
          .map(wrong -> "--scale %s: %s".formatted(entry, wrong))
          .ifPresent(problems::add);
    }
    return counts;
  }

  /// The process types by each way to write them: those of the service asked for also without it.
  private static Map<String, Known> known(List<Manifest> members) {
    Map<String, Known> known = new LinkedHashMap<>();
    for (Manifest member : members.reversed()) {
      for (ProcessType type : member.programs().processes()) {
        Known found = new Known(member.name() + "." + type.name(), type.listens().isPresent());
        if (member.equals(members.getLast())) {
          known.put(type.name(), found);
        }
        known.put(found.name(), found);
      }
    }
    return known;
  }

  /// Reads one of [#asked] into `counts`, or says what is wrong with it.
  private static Optional<String> read(
      String entry, Map<String, Known> known, Map<String, Integer> counts) {
    int equals = entry.indexOf('=');
    String written = equals < 0 ? entry.strip() : entry.substring(0, equals).strip();
    String number = equals < 0 ? "" : entry.substring(equals + 1).strip();
    Known type = known.get(written);
    if (type == null) {
      return Optional.of(
          "there is no such process type%s; there are %s"
              .formatted(
                  Suggestion.didYouMean(written, known.keySet()),
                  String.join(", ", shortest(known))));
    }
    int count = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : -1;
    if (count < type.lowest() || count > HIGHEST) {
      return Optional.of(
          "the number must be %d to %d, for example %s=2"
              .formatted(type.lowest(), HIGHEST, written));
    }
    return counts.put(type.name(), count) == null
        ? Optional.empty()
        : Optional.of("the number of %s is given twice".formatted(type.name()));
  }

  private static List<String> shortest(Map<String, Known> known) {
    Map<String, String> shortest = new LinkedHashMap<>();
    known.forEach((written, type) -> shortest.putIfAbsent(type.name(), written));
    return List.copyOf(shortest.values());
  }
}
