package dev.manyfactor.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What came out of all rounds.
///
/// @param taken every figure
record Figures(List<Taken> taken) {
  private static final String OURS = "payments";
  private static final String FLOOR = "floor";

  /// One server and one operation in one round.
  ///
  /// @param detail missing for pgbench
  record Taken(
      int round, String server, Operation operation, double perSecond, Optional<Detail> detail) {

    String cell() {
      return server + " " + operation;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%2d  %-38s %8.0f/s  %s",
          round,
          cell(),
          perSecond,
          detail.map(Detail::toString).orElse(""));
    }
  }

  /// What pgbench does not say.
  ///
  /// @param p50Millis half of the answers were faster
  /// @param p99Millis all but one in a hundred were faster
  /// @param cpuMicros processor time of the server for each request
  record Detail(double p50Millis, double p99Millis, double cpuMicros) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "p50 %6.2f ms  p99 %6.2f ms  cpu %4.0f µs", p50Millis, p99Millis, cpuMicros);
    }
  }

  /// Over the rounds.
  record Medians(
      int rounds, double perSecond, double lowest, double highest, Optional<Detail> detail) {

    private static Medians of(List<Taken> cell) {
      List<Detail> details = cell.stream().flatMap(taken -> taken.detail().stream()).toList();
      return new Medians(
          cell.size(),
          median(cell, Taken::perSecond),
          cell.stream().mapToDouble(Taken::perSecond).min().orElseThrow(),
          cell.stream().mapToDouble(Taken::perSecond).max().orElseThrow(),
          details.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Detail(
                      median(details, Detail::p50Millis),
                      median(details, Detail::p99Millis),
                      median(details, Detail::cpuMicros))));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%8.0f/s (%.0f to %.0f)  %s",
          perSecond,
          lowest,
          highest,
          detail.map(Detail::toString).orElse(""));
    }
  }

  Map<String, Medians> medians() {
    Map<String, List<Taken>> cells =
        taken.stream()
            .collect(Collectors.groupingBy(Taken::cell, LinkedHashMap::new, Collectors.toList()));
    Map<String, Medians> medians = new LinkedHashMap<>();
    cells.forEach((cell, figures) -> medians.put(cell, Medians.of(figures)));
    return medians;
  }

  /// Payments beside the others, round by round.
  Map<String, Double> compared() {
    Map<String, Double> compared = new LinkedHashMap<>();
    for (Operation operation : List.of(Operation.GET, Operation.POST)) {
      for (String server : List.of(FLOOR, "limit")) {
        rate(compared, operation, server + " " + operation);
      }
      compare(
          compared,
          "cpu µs: payments - floor " + operation,
          new Pair(operation, FLOOR + " " + operation),
          Figures::cpu,
          (ours, other) -> ours - other);
    }
    rate(compared, Operation.POST, FLOOR + " " + Operation.POST_WITHOUT_KEY_AND_JOB);
    return compared;
  }

  private void rate(Map<String, Double> compared, Operation operation, String cell) {
    compare(
        compared,
        "rate: payments " + operation + " / " + cell,
        new Pair(operation, cell),
        Taken::perSecond,
        (ours, other) -> ours / other);
  }

  /// Our operation, and the cell that it is compared with.
  private record Pair(Operation operation, String cell) {}

  private void compare(
      Map<String, Double> compared,
      String name,
      Pair pair,
      ToDoubleFunction<Taken> figure,
      DoubleBinaryOperator how) {
    double[] perRound =
        taken.stream()
            .filter(ours -> ours.cell().equals(OURS + " " + pair.operation()))
            .flatMapToDouble(ours ->
                taken.stream()
                    .filter(it -> it.round() == ours.round() && it.cell().equals(pair.cell()))
                    .mapToDouble(it ->
                        how.applyAsDouble(figure.applyAsDouble(ours), figure.applyAsDouble(it))))
            .toArray();
    if (perRound.length > 0) {
      compared.put(name, Rounded.median(perRound));
    }
  }

  private static double cpu(Taken taken) {
    return taken.detail().orElseThrow().cpuMicros();
  }

  private static <T> double median(List<T> of, ToDoubleFunction<T> figure) {
    return Rounded.median(of.stream().mapToDouble(figure).toArray());
  }

  /// Medians and comparisons, a line each.
  String table() {
    var lines = new StringBuilder();
    medians().forEach((cell, it) -> lines.append("%-38s %s%n".formatted(cell, it)));
    compared().forEach((name, it) -> lines.append("%s = %s%n".formatted(name, it)));
    return lines.toString();
  }
}
