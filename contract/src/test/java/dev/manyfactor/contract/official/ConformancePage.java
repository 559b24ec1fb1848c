package dev.manyfactor.contract.official;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The part of docs/reference/conformance.md that a run writes: how many groups of each file agree,
/// why some differ, what is refused.
final class ConformancePage {
  static final String START = "<!-- from here on written by JsonSchemaSuiteTests -->\n";

  private final Map<String, Verdict> verdicts;
  private final Map<String, String> reasons;

  /// @param reasons of those that differ, by name
  ConformancePage(Map<String, Verdict> verdicts, Map<String, String> reasons) {
    this.verdicts = verdicts;
    this.reasons = reasons;
  }

  String text() {
    return START + byFile() + "\n" + differences() + "\n" + refusals();
  }

  private String byFile() {
    Map<String, List<Verdict>> byFile = new LinkedHashMap<>();
    verdicts.forEach((name, verdict) ->
        byFile.computeIfAbsent(fileOf(name), _ -> new ArrayList<>()).add(verdict));
    String rows =
        byFile.entrySet().stream()
            .map(file -> row("`" + file.getKey() + "`", file.getValue()))
            .collect(Collectors.joining());
    return """
    ### By file
    | file | groups | agree | differ | refused |
    | --- | --- | --- | --- | --- |
    %s%s\
    """
        .formatted(row("all", List.copyOf(verdicts.values())), rows);
  }

  private String differences() {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    reasons.forEach(
        (name, reason) -> byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(name));
    String rows =
        byReason.entrySet().stream()
            .map(entry ->
                "| %s | %s |\n".formatted(String.join(", ", entry.getValue()), entry.getKey()))
            .collect(Collectors.joining());
    return """
    ### What differs
    | groups | why |
    | --- | --- |
    %s\
    """
        .formatted(rows);
  }

  private String refusals() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Verdict verdict : verdicts.values()) {
      if (verdict instanceof Verdict.Refused(var kinds)) {
        kinds.forEach(kind -> counts.merge(kind.replace("|", "\\|"), 1, Integer::sum));
      }
    }
    String rows =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(entry -> "| %d | %s |\n".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining());
    return """
    ### What is refused
    A group may have several of these.

    | groups | problem |
    | --- | --- |
    %s\
    """
        .formatted(rows);
  }

  private static String row(String name, List<Verdict> verdicts) {
    return "| %s | %d | %s | %s | %s |\n"
        .formatted(
            name,
            verdicts.size(),
            count(verdicts, Verdict.Agrees.class),
            count(verdicts, Verdict.Differs.class),
            count(verdicts, Verdict.Refused.class));
  }

  private static String count(List<Verdict> verdicts, Class<? extends Verdict> kind) {
    long count = verdicts.stream().filter(kind::isInstance).count();
    return count == 0 ? "" : String.valueOf(count);
  }

  private static String fileOf(String name) {
    return name.substring(0, name.lastIndexOf(' '));
  }
}
