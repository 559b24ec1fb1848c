package dev.manyfactor.factors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a chapter of the entries of a factor's file, or says everything that is wrong with it.
///
/// The file has `title` and `description`, then for each requirement, in the order of their ids,
/// `09-1.level`, `09-1.sentence` and so on. Used once, by one thread.
final class ChapterReader {
  private static final String KEYS =
      "title, description, or an id with .level, .sentence, .observation, .evidence, .guard or .remedy";
  private static final Set<String> OF_THE_FACTOR = Set.of("title", "description");
  private static final List<String> OF_A_REQUIREMENT =
      List.of("level", "sentence", "observation", "evidence", "guard", "remedy");

  private final Factor factor;
  private final Entries entries;
  private final List<String> problems;

  ChapterReader(Factor factor, Entries entries) {
    this.factor = factor;
    this.entries = entries;
    this.problems = new ArrayList<>(entries.problems());
  }

  /// Reads all of it.
  ///
  /// @throws IllegalStateException with every problem of the file
  Chapter read() {
    List<String> ids = ids();
    checkOrder(ids);
    String title = text("title");
    String description = text("description");
    List<Requirement> requirements = ids.stream().map(this::requirement).toList();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(entries.file() + ": " + String.join("; and ", problems));
    }
    return new Chapter(title, description, requirements);
  }

  /// In the order in which they occur first.
  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (String key : entries.values().keySet()) {
      int dot = key.indexOf('.');
      if (dot > 0 && OF_A_REQUIREMENT.contains(key.substring(dot + 1))) {
        String id = key.substring(0, dot);
        if (!ids.contains(id)) {
          ids.add(id);
        }
      } else if (!OF_THE_FACTOR.contains(key)) {
        problems.add(key + " is not a key of such a file; a key is " + KEYS);
      }
    }
    return ids;
  }

  private void checkOrder(List<String> ids) {
    if (ids.isEmpty()) {
      problems.add("there is no requirement; add %s".formatted(id(1)));
    }
    for (int place = 0; place < ids.size(); place++) {
      if (!ids.get(place).equals(id(place + 1))) {
        problems.add(
            "%s stands where %s is due; ids of a factor count up from 1 without gaps"
                .formatted(ids.get(place), id(place + 1)));
      }
    }
  }

  private String id(int number) {
    return "%02d-%d".formatted(factor.number(), number);
  }

  private Requirement requirement(String id) {
    return new Requirement(
        id,
        factor,
        level(id),
        text(id + ".sentence"),
        text(id + ".observation"),
        text(id + ".evidence"),
        text(id + ".guard"),
        text(id + ".remedy"));
  }

  private Level level(String id) {
    String name = text(id + ".level");
    Optional<Level> level =
        Arrays.stream(Level.values()).filter(value -> value.name().equals(name)).findFirst();
    if (level.isEmpty() && !name.isEmpty()) {
      problems.add("%s.level is %s; it must be MUST or SHOULD".formatted(id, name));
    }
    return level.orElse(Level.MUST);
  }

  private String text(String key) {
    String text = entries.values().get(key);
    if (text == null) {
      problems.add(key + " is missing; add it");
      return "";
    }
    return text;
  }
}
