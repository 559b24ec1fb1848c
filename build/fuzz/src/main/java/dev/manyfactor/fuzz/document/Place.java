package dev.manyfactor.fuzz.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Where in a document a value stands.
///
/// @param steps names of members and positions of items, from the root
public record Place(List<String> steps) {
  /// The whole document.
  public static final Place ROOT = new Place(List.of());

  /// Copies the steps.
  public Place {
    steps = List.copyOf(steps);
  }

  /// The place one step further in.
  public Place plus(String step) {
    var more = new ArrayList<>(steps);
    more.add(step);
    return new Place(more);
  }

  /// The same place as seen from the value at its first step.
  Place below() {
    return new Place(steps.subList(1, steps.size()));
  }

  /// Whether one of the two holds the other.
  public boolean overlaps(Place other) {
    int common = Math.min(steps.size(), other.steps.size());
    return steps.subList(0, common).equals(other.steps.subList(0, common));
  }

  /// As a JSON pointer (RFC 6901).
  public String pointer() {
    return steps.stream()
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
