package dev.manyfactor.fuzz;

import java.util.List;
import java.util.Map;

/// What became of the requests to one service.
///
/// @param expected how many requests were to be sent
/// @param run how many indices were sent
/// @param exchanges with those that go before another one
/// @param slowestMillis the longest wait for an answer
/// @param statuses of each kind of request, how many got a status
record Outcome(
    String service,
    long expected,
    long run,
    long exchanges,
    long violations,
    long millis,
    long slowestMillis,
    Map<String, Map<String, Integer>> statuses,
    List<Finding> findings) {

  static Outcome of(String service, long expected, long millis, Figures figures) {
    return new Outcome(
        service,
        expected,
        figures.indices(),
        figures.exchanges(),
        figures.violations(),
        millis,
        figures.slowestMillis(),
        figures.statuses(),
        figures.findings());
  }

  /// In one line.
  String summary() {
    return "%s: %d of %d requests of %d kinds in %d ms, the slowest in %d ms, %d violations"
        .formatted(service, run, expected, statuses.size(), millis, slowestMillis, violations);
  }
}
