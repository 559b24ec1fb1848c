package dev.manyfactor.benchmarks.queues;

import dev.manyfactor.benchmarks.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures of all rounds, and how they compare. Belongs to one thread.
final class Ratios {
  private static final List<List<String>> COMPARED =
      List.of(
          List.of("enqueue, transactional", "enqueue, pgbench"),
          List.of("work, transactional", "work, pgbench"),
          List.of("work, leased", "work, pgbench leased"),
          List.of("end to end, transactional", "end to end, pgbench"),
          List.of("enqueue, transactional", "enqueue, db-scheduler"),
          List.of("work, transactional", "work, db-scheduler"),
          List.of("work, leased", "work, db-scheduler"),
          List.of("end to end, transactional", "end to end, db-scheduler"),
          List.of("end to end, leased", "end to end, db-scheduler"));

  private final List<Map<String, Double>> rounds = new ArrayList<>();
  private final Map<String, Waits> waits = new LinkedHashMap<>();

  /// One round.
  interface Round {
    void keep(String name, double perSecond);
  }

  /// The next round; number 0 is not kept.
  Round round(int number) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (number > 0) {
      rounds.add(figures);
    }
    return (name, perSecond) -> {
      Progress.say("  %-28s %8.0f/s".formatted(name, perSecond));
      figures.put(name, rounded(perSecond));
    };
  }

  void waits(String name, Waits found) {
    Progress.say("  " + name + " " + found);
    waits.put(name, found);
  }

  List<Map<String, Double>> rounds() {
    return rounds;
  }

  double median(String name) {
    return middle(rounds.stream().map(round -> figure(round, name)).toList());
  }

  Map<String, Object> medians() {
    Map<String, Object> medians = new LinkedHashMap<>();
    rounds.getFirst().keySet().forEach(name -> medians.put(name, median(name)));
    medians.put("waits_in_milliseconds_at_half_load", waits);
    return medians;
  }

  /// The medians over the rounds of one figure divided by another of the same round.
  Map<String, Double> compared() {
    Map<String, Double> compared = new LinkedHashMap<>();
    for (List<String> pair : COMPARED) {
      List<Double> ratios =
          rounds.stream()
              .map(round -> figure(round, pair.getFirst()) / figure(round, pair.getLast()))
              .toList();
      compared.put(pair.getFirst() + " / " + pair.getLast(), rounded(middle(ratios)));
    }
    return compared;
  }

  String table() {
    return compared().entrySet().stream()
        .map(ratio -> "%-60s %6.2f".formatted(ratio.getKey(), ratio.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static double figure(Map<String, Double> round, String name) {
    return round.getOrDefault(name, Double.NaN);
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
