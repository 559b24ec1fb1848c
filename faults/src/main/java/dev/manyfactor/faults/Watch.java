package dev.manyfactor.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// What has been sent since [PostgresProxy#watch] was called, and what it has hit. Safe on many
/// threads.
public final class Watch {
  private static final int MOST = 10_000;

  private final Predicate<PostgresMessage> counts;
  private final Optional<Strike> strike;
  private final List<PostgresMessage> seen = new ArrayList<>();
  private final Map<String, Long> alike = new HashMap<>();
  private final CompletableFuture<Hit> hit = new CompletableFuture<>();
  private boolean struck;
  private boolean over;

  Watch(Predicate<PostgresMessage> counts, Optional<Strike> strike) {
    this.counts = counts;
    this.strike = strike;
  }

  /// The messages that were counted, in the order in which they came; the first 10,000 of them.
  public synchronized List<PostgresMessage> seen() {
    return List.copyOf(seen);
  }

  /// The hit, once the server has settled and the deed is about to be done.
  public Optional<Hit> hit() {
    return Optional.ofNullable(hit.getNow(null));
  }

  /// Waits for the hit; empty when there is none in this time.
  public Optional<Hit> awaitHit(Duration patience) throws InterruptedException {
    try {
      return Optional.of(hit.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException none) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Counts no more, and strikes no more.
  public synchronized void end() {
    over = true;
  }

  /// Counts a message if it is to be counted, and says what is to be done about it.
  synchronized Optional<Struck> take(PostgresMessage message) {
    if (over || !counts.test(message) || seen.size() >= MOST) {
      return Optional.empty();
    }
    long occurrence = alike.merge(message.label(), 1L, Long::sum);
    PostgresMessage counted = message.counted(seen.size() + 1L, occurrence);
    seen.add(counted);
    if (struck || strike.isEmpty() || !strike.get().at().test(counted)) {
      return Optional.empty();
    }
    struck = true;
    return Optional.of(new Struck(this, counted, strike.get()));
  }

  /// A message that something is done about.
  record Struck(Watch watch, PostgresMessage message, Strike strike) {
    Sequel carryOut(boolean settled) throws InterruptedException {
      var hit = new Hit(message, strike.moment(), settled);
      watch.hit.complete(hit);
      return strike.deed().carryOut(hit);
    }
  }
}
