package dev.manyfactor.chaos.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The faults that have been, and how long clients waited for a success after each. Safe on many
/// threads.
final class Strikes {
  private final LongSupplier nanos;
  private final List<Blow> all = new ArrayList<>();
  private final List<Fault> broken = new ArrayList<>();
  private long start;

  Strikes(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  private static final class Blow {
    final Fault fault;
    final long began;
    boolean hit;
    String seen = "";
    Optional<Duration> recovery = Optional.empty();

    Blow(Fault fault, long began) {
      this.fault = fault;
      this.began = began;
    }
  }

  /// What became of a fault.
  record Outcome(boolean hit, String seen) {}

  /// The first fault may come now.
  synchronized void begin() {
    start = nanos.getAsLong();
  }

  /// A fault begins; the number names it from now on.
  synchronized int began(Fault fault) {
    all.add(new Blow(fault, nanos.getAsLong()));
    broken.add(fault);
    return all.size() - 1;
  }

  /// How long ago a fault began.
  synchronized Duration age(int number) {
    return Duration.ofNanos(nanos.getAsLong() - all.get(number).began);
  }

  synchronized void struck(int number, Outcome outcome) {
    Blow blow = all.get(number);
    blow.hit = outcome.hit();
    blow.seen = outcome.seen();
  }

  synchronized void repaired(int number) {
    broken.remove(all.get(number).fault);
  }

  /// A request that was sent at `sentAt` has succeeded.
  synchronized void succeeded(long sentAt) {
    long now = nanos.getAsLong();
    for (Blow blow : all) {
      if (blow.recovery.isEmpty() && sentAt - blow.began >= 0) {
        blow.recovery = Optional.of(Duration.ofNanos(now - blow.began));
      }
    }
  }

  synchronized List<Fault> broken() {
    return List.copyOf(broken);
  }

  synchronized int count() {
    return all.size();
  }

  synchronized List<Strike> all() {
    return all.stream()
        .map(blow ->
            new Strike(
                blow.fault,
                Duration.ofNanos(blow.began - start),
                blow.hit,
                blow.seen,
                blow.recovery))
        .toList();
  }
}
