package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.history.Found;
import dev.manyfactor.chaos.history.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a loop has shown.
///
/// @param strikes the faults, in their order
/// @param works what took effect, by operation, job and schedule
public record LoopReport(
    Run run, Figures figures, List<Strike> strikes, List<Work> works, List<Violation> violations) {
  private static final int SLOWEST = 5;

  /// Copies what could change.
  public LoopReport {
    strikes = List.copyOf(strikes);
    works = List.copyOf(works);
    violations = List.copyOf(violations);
  }

  /// Which loop it was.
  ///
  /// @param commit that is checked out around the service
  /// @param length how long things were to be broken
  /// @param broke how long they were
  /// @param calledOff whether somebody ended it before its time
  public record Run(
      String service,
      String commit,
      long seed,
      Duration length,
      Duration broke,
      boolean calledOff) {}

  /// What took effect.
  ///
  /// @param waiting how many are queued, running or given up; empty where nobody can say
  public record Work(String name, long effects, Optional<Long> waiting) {}

  /// The faults of one kind.
  ///
  /// @param hit how many of them had something to hit
  /// @param median of the recoveries; empty if none was seen
  /// @param longest of the recoveries
  public record Tally(
      FaultKind kind,
      long count,
      long hit,
      Optional<Duration> median,
      Optional<Duration> longest) {}

  static List<Work> works(List<Found> found) {
    return found.stream()
        .map(one ->
            new Work(
                one.name(),
                one.effects().size(),
                one instanceof Found.OfJob job
                    ? job.waiting().map(list -> (long) list.size())
                    : Optional.empty()))
        .toList();
  }

  /// The faults by kind, each kind, also one that did not come.
  public List<Tally> tallies() {
    return Arrays.stream(FaultKind.values()).map(this::tally).toList();
  }

  private Tally tally(FaultKind kind) {
    List<Strike> all = strikes.stream().filter(strike -> strike.fault().kind() == kind).toList();
    List<Duration> recoveries = new ArrayList<>();
    all.forEach(strike -> strike.recovery().ifPresent(recoveries::add));
    recoveries.sort(Duration::compareTo);
    return new Tally(
        kind,
        all.size(),
        all.stream().filter(Strike::hit).count(),
        recoveries.isEmpty()
            ? Optional.empty()
            : Optional.of(recoveries.get(recoveries.size() / 2)),
        recoveries.isEmpty() ? Optional.empty() : Optional.of(recoveries.getLast()));
  }

  /// The faults after which it took longest until a request succeeded, the worst first.
  public List<Strike> slowest() {
    return strikes.stream()
        .filter(strike -> strike.recovery().isPresent())
        .sorted(Comparator.comparing((Strike strike) -> strike.recovery().orElseThrow()).reversed())
        .limit(SLOWEST)
        .toList();
  }

  /// Why nothing is shown although nothing is violated: nothing was hit, or nobody succeeded.
  public List<String> unproven() {
    List<String> reasons = new ArrayList<>();
    for (Tally tally : tallies()) {
      if (tally.count() > 0 && tally.hit() == 0) {
        reasons.add(
            "%s: all %d times there was nothing to hit"
                .formatted(tally.kind().words(), tally.count()));
      }
    }
    if (strikes.isEmpty()) {
      reasons.add("nothing was broken");
    }
    if (figures.acknowledged() == 0) {
      reasons.add("no request succeeded");
    }
    works.stream()
        .filter(work -> work.effects() == 0)
        .forEach(work -> reasons.add("%s had no effect at all".formatted(work.name())));
    return reasons;
  }
}
