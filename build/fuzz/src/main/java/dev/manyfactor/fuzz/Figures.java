package dev.manyfactor.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many requests of each kind got which status, and what was found. Safe on many threads.
final class Figures {
  private static final int MOST_FINDINGS = 200;
  private final Map<String, Map<String, Integer>> statuses = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long indices;
  private long exchanges;
  private long violations;
  private long slowestMillis;

  synchronized void count(String kind, String status, long millis) {
    exchanges++;
    slowestMillis = Math.max(slowestMillis, millis);
    statuses.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(status, 1, Integer::sum);
  }

  synchronized void add(Finding finding) {
    violations++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  /// Of each kind, how many requests got a status.
  synchronized Map<String, Map<String, Integer>> statuses() {
    return new TreeMap<>(statuses);
  }

  /// What was found, the first ones.
  synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  /// Notes that a request and those that go before it have been sent.
  synchronized void sent() {
    indices++;
  }

  synchronized long indices() {
    return indices;
  }

  synchronized long exchanges() {
    return exchanges;
  }

  synchronized long violations() {
    return violations;
  }

  synchronized long slowestMillis() {
    return slowestMillis;
  }
}
