package dev.manyfactor.cli;

import dev.manyfactor.prover.Progress;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Shows how far a run is, on standard error: in a terminal two lines that change in place,
/// elsewhere a line for each requirement that is decided.
///
/// Safe on many threads.
final class ProveProgress implements Consumer<Progress> {
  private final Terminal terminal;
  private final Seat seat;
  private final TwoLines lines;
  private final LongSupplier nanos;
  private final long start;
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private int requirements;
  private int left;
  private String doing = "";
  private String told = "";

  ProveProgress(Terminal terminal, Seat seat, LongSupplier nanos) {
    this.terminal = terminal;
    this.seat = seat;
    this.lines = new TwoLines(terminal, seat, nanos);
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  @Override
  public synchronized void accept(Progress progress) {
    switch (progress) {
      case Progress.Preparing(var what) -> step(what);
      case Progress.BuildOutput(_, var line) -> doing = "building: " + line.strip();
      case Progress.Prepared(var all) -> {
        requirements = all;
        left = all;
      }
      case Progress.Trying trying -> doing = words(trying);
      case Progress.Decided(var result, var open) -> decided(result, open);
    }
    show();
  }

  /// Time passes.
  synchronized void tick() {
    show();
  }

  /// Somebody has pressed Ctrl-C.
  synchronized void stopping() {
    step("stopping what was started; Ctrl-C ends mf at once");
    show();
  }

  /// Takes away what changes; the report follows.
  synchronized void close() {
    lines.close();
  }

  private void step(String what) {
    doing = what;
    if (!seat.watches() && !what.equals(told)) {
      told = what;
      terminal.note(what);
    }
  }

  private void decided(Result result, int open) {
    left = open;
    counts.merge(result.outcome().verdict(), 1, Integer::sum);
    doing = "%s: %s".formatted(result.requirement().id(), result.outcome().verdict());
    if (!seat.watches()) {
      terminal.note(
          "%s %s after %s; %d of %d decided"
              .formatted(
                  result.requirement().id(),
                  result.outcome().verdict(),
                  spoken(result.took()),
                  requirements - left,
                  requirements));
    }
  }

  private static String words(Progress.Trying trying) {
    String trial = "trial %d of %d".formatted(trying.number(), trying.of());
    boolean isNamed = !trial.endsWith(trying.trial());
    return "%s %s: %s%s"
        .formatted(
            trying.requirement().id(),
            trying.requirement().factor().title(),
            trial,
            isNamed ? ", " + trying.trial() : "");
  }

  private void show() {
    if (seat.watches()) {
      lines.show(overall(), doing);
    }
  }

  private String overall() {
    String elapsed = spoken(Duration.ofNanos(nanos.getAsLong() - start));
    if (requirements == 0) {
      return "preparing, " + elapsed;
    }
    String found =
        counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "));
    return "%d of %d decided, %d left, %s%s"
        .formatted(
            requirements - left, requirements, left, elapsed, found.isEmpty() ? "" : ": " + found);
  }

  static String spoken(Duration duration) {
    return duration.toMinutes() == 0
        ? Screen.seconds(duration)
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
