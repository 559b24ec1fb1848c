package dev.manyfactor.contract.official;

import dev.manyfactor.contract.source.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The problems of documents by their kind, the most frequent first.
final class Kinds {
  /// One kind of problem in one document.
  ///
  /// @param instead what the generator says to write instead
  record Kind(String problem, String instead, int times, int firstLine) {}

  private Kinds() {}

  static List<Kind> of(List<Problem> problems) {
    Map<String, List<Problem>> byKind = new LinkedHashMap<>();
    problems.forEach(
        problem -> byKind.computeIfAbsent(problem.kind(), _ -> new ArrayList<>()).add(problem));
    return byKind.entrySet().stream()
        .map(entry ->
            new Kind(
                entry.getKey(),
                instead(entry.getValue().getFirst()),
                entry.getValue().size(),
                entry.getValue().getFirst().line()))
        .sorted(Comparator.comparingInt(Kind::times).reversed())
        .toList();
  }

  private static String instead(Problem problem) {
    int remedy = problem.message().indexOf("; ");
    return remedy < 0 ? "" : problem.message().substring(remedy + 2);
  }
}
