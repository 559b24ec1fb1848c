package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The subjects of one lane: rehearsed, drawn, tried.
final class Performance {
  private static final int TRIES = 4;

  private final Theatre theatre;
  private final SweepSettings.Choice choice;
  private final SweepProgress progress;
  private final Errands errands;

  Performance(Theatre theatre, SweepSettings.Choice choice, SweepProgress progress, int lane) {
    this.theatre = theatre;
    this.choice = choice;
    this.progress = progress;
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(choice.seed() * 31 + lane);
    this.errands = new Errands(theatre, random, theatre.clock());
  }

  /// What is known of a subject before its cells are tried.
  private record Known(Play play, List<Spot> spots, List<Cell> all) {}

  List<SweepReport.Subject> of(List<String> subjects) {
    try {
      Map<String, Known> known = new LinkedHashMap<>();
      for (String subject : subjects) {
        progress.step("rehearsing " + subject);
        Play play = play(subject);
        List<Spot> spots = rehearsed(play);
        List<Cell> cells = Cell.of(subject, spots).stream().filter(choice::takes).toList();
        known.put(subject, new Known(play, spots, cells));
        progress.rehearsed(subject, spots.size(), cells.size());
      }
      Map<String, List<Cell>> drawn = drawn(known);
      List<SweepReport.Subject> reports = new ArrayList<>();
      for (Map.Entry<String, Known> one : known.entrySet()) {
        reports.add(performed(one.getValue(), drawn.getOrDefault(one.getKey(), List.of())));
      }
      return reports;
    } catch (InterruptedException stopping) {
      throw new IllegalStateException("called off", stopping);
    }
  }

  private Play play(String name) {
    Manifest manifest = theatre.manifest();
    for (Chaos.Background one : manifest.chaos().background()) {
      if (one.name().equals(name)) {
        return one.after()
            .<Play>map(after -> new JobPlay(one, theatre.operation(after), theatre, errands))
            .orElseGet(() -> new SchedulePlay(one, theatre, errands));
      }
    }
    return new OperationPlay(theatre.operation(name), theatre, errands);
  }

  /// The first rehearsal is for whatever happens only once.
  private static List<Spot> rehearsed(Play play) throws InterruptedException {
    var _ = play.rehearse();
    List<List<PostgresMessage>> rehearsals = List.of(play.rehearse(), play.rehearse());

    return Spot.common(rehearsals);
  }

  /// All cells, or a sample that gives each subject its share.
  private Map<String, List<Cell>> drawn(Map<String, Known> known) {
    Map<String, List<Cell>> drawn = new LinkedHashMap<>();
    if (choice.sample().isEmpty()) {
      known.forEach((subject, one) -> drawn.put(subject, one.all()));
      return drawn;
    }
    int left = choice.sample().getAsInt();
    int subjects = known.size();
    for (Map.Entry<String, Known> one : known.entrySet()) {
      List<Cell> cells = new ArrayList<>(one.getValue().all());
      List<Cell> inOrder = List.copyOf(cells);
      Collections.shuffle(cells, new Random(choice.seed() + one.getKey().hashCode()));
      int share = Math.min(cells.size(), (left + subjects - 1) / subjects);
      drawn.put(
          one.getKey(),
          cells.subList(0, share).stream()
              .sorted(Comparator.comparingInt(inOrder::indexOf))
              .toList());
      left -= share;
      subjects--;
    }
    return drawn;
  }

  private SweepReport.Subject performed(Known known, List<Cell> cells) throws InterruptedException {
    List<SweepReport.Finding> findings = new ArrayList<>();
    int run = 0;
    for (Cell cell : cells) {
      Verdict verdict = known.play().perform(cell);
      for (int tried = 1; tried < TRIES && verdict instanceof Verdict.Missed; tried++) {
        verdict = known.play().perform(cell);
      }
      progress.decided(cell, verdict);
      switch (verdict) {
        case Verdict.Held() -> run++;
        case Verdict.Violated _ -> {
          run++;
          findings.add(new SweepReport.Finding(cell, verdict));
        }
        case Verdict.Missed _ -> findings.add(new SweepReport.Finding(cell, verdict));
      }
    }
    return new SweepReport.Subject(
        known.play().subject(),
        known.play().process(),
        known.spots().size(),
        known.all().size(),
        cells.size(),
        run,
        findings);
  }
}
