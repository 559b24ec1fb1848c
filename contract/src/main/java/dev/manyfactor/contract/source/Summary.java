package dev.manyfactor.contract.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The problems of a contract as a person can read them: all of them where they are few; else the
/// first of each kind with its count, since one habit of an author is a problem in a thousand
/// lines.
final class Summary {
  /// So many are shown one by one.
  static final int MOST = 100;

  private static final int MOST_OF_A_KIND = 3;
  private static final int MOST_LINES = 12;
  private static final Pattern PLACE = Pattern.compile("^.*?: ");
  private static final Pattern REMEDY = Pattern.compile("; .*$|(, )?supported here: .*$");
  private static final Pattern DETAIL =
      Pattern.compile("('[^']*' is not supported)|'[^']*'|(?<![\\w.-])-?\\d+(\\.\\d+)?\\b");

  private final List<Problem> problems;
  private final Map<String, List<Problem>> byKind = new LinkedHashMap<>();

  /// @param problems in the order of their lines
  Summary(List<Problem> problems) {
    this.problems = problems;
    problems.forEach(
        problem -> byKind.computeIfAbsent(kind(problem), _ -> new ArrayList<>()).add(problem));
  }

  /// What is wrong, without the place, the names in it and what to write instead.
  static String kind(Problem problem) {
    String rule = PLACE.matcher(problem.message()).replaceFirst("");
    rule = REMEDY.matcher(rule).replaceFirst("");
    return DETAIL
        .matcher(rule)
        .replaceAll(
            found -> found.group(1) == null ? "…" : Matcher.quoteReplacement(found.group(1)));
  }

  String text() {
    String count =
        problems.size() + (problems.size() == 1 ? " problem" : " problems") + " in the contract";
    if (problems.size() <= MOST) {
      return count + ":\n" + lines(problems);
    }
    return byKind.values().stream()
        .map(Summary::ofKind)
        .collect(
            Collectors.joining("\n", "%s, of %d kinds:\n".formatted(count, byKind.size()), ""));
  }

  private static String ofKind(List<Problem> alike) {
    int shown = Math.min(alike.size(), MOST_OF_A_KIND);
    String text = lines(alike.subList(0, shown));
    if (shown == alike.size()) {
      return text;
    }
    List<Problem> rest = alike.subList(shown, alike.size());
    String where =
        rest.stream()
            .limit(MOST_LINES)
            .map(problem -> String.valueOf(problem.line()))
            .distinct()
            .collect(Collectors.joining(", "));
    return "%s\n  and %d more like this, in the lines %s%s"
        .formatted(text, rest.size(), where, rest.size() > MOST_LINES ? ", …" : "");
  }

  private static String lines(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
