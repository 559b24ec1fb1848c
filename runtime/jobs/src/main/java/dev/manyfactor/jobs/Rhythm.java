package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// When a worker looks at the queues next, and how closely.
///
/// At rest it only glances, once in a poll interval. Three things keep it from resting: work of its
/// own, work that waits or that others have in hand, and a call of another worker that it is at
/// work, after which everyone stays alert for a while. Whoever is at work calls about once a second
/// unless somebody else has, so the work of one that is killed is found by those who were idle. For
/// one thread.
final class Rhythm {
  static final Duration LIFE_SIGN = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  /// The time between two calls, one look, and as much again for a machine that is slow.
  private static final Duration ALERT = LIFE_SIGN.multipliedBy(4);

  private final Duration poll;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private Duration pause = SHORTEST_PAUSE;
  private Optional<Long> calledAt = Optional.empty();
  private Optional<Instant> nextDue = Optional.empty();
  private volatile boolean calm;

  Rhythm(Duration poll, RandomGenerator random, LongSupplier nanos) {
    this.poll = poll;
    this.random = random;
    this.nanos = nanos;
  }

  /// Whether a glance is enough, since nothing was at work at the last look and nothing has been
  /// heard since. Safe on many threads.
  boolean calm() {
    return calm;
  }

  /// The next look must be a whole one.
  void stir() {
    calm = false;
  }

  /// Somebody is at work, perhaps this worker itself.
  void called() {
    calledAt = Optional.of(nanos.getAsLong());
  }

  /// Whether it is this worker's turn to say so, if it is at work.
  boolean mayCall() {
    return !calledWithin(LIFE_SIGN);
  }

  private boolean calledWithin(Duration time) {
    return calledAt.filter(at -> nanos.getAsLong() - at < time.toNanos()).isPresent();
  }

  /// After a glance that saw nothing to do.
  ///
  /// @return how long to rest
  Duration after(Glance glance, Instant now) {
    nextDue = glance.nextDue();
    return rest(false, now);
  }

  /// After a whole look.
  ///
  /// @param worked whether this worker has run something since the look before
  /// @param busy whether it is running something, which may be cancelled
  /// @return how long to rest
  Duration after(Round round, boolean worked, boolean busy, Instant now) {
    nextDue = round.nextDue();
    // what waits may be in the hands of others, who may be killed
    boolean near = busy || round.othersAtWork() || !round.waiting().isEmpty();
    calm = !worked && !near;
    Duration rest = rest(worked, now);
    return near ? shorter(rest, LIFE_SIGN) : rest;
  }

  private Duration rest(boolean worked, Instant now) {
    pause = worked ? SHORTEST_PAUSE : longer(pause);
    Duration rest = pause.multipliedBy(random.nextInt(80, 101)).dividedBy(100);
    if (calledWithin(ALERT)) {
      rest = shorter(rest, LIFE_SIGN);
    }
    return nextDue.isPresent() ? shorter(rest, Duration.between(now, nextDue.get())) : rest;
  }

  /// Doubles while work may come back at once, and then sleeps.
  private Duration longer(Duration last) {
    Duration next = last.multipliedBy(2);
    return next.compareTo(LIFE_SIGN) < 0 ? shorter(next, poll) : poll;
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
