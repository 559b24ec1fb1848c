package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.List;

/// Everything that is wrong with the options of a formation, so that it is said at once.
final class OptionProblems {
  private final List<String> problems = new ArrayList<>();

  void add(String problem) {
    problems.add(problem);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  void throwIfAny() {
    if (problems.size() == 1) {
      throw new FormationException(ExitCode.USAGE, problems.getFirst());
    }
    if (!problems.isEmpty()) {
      throw new FormationException(
          ExitCode.USAGE.number(),
          "%d things are wrong with the options".formatted(problems.size()),
          problems);
    }
  }
}
