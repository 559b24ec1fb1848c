package dev.manyfactor.identity;

import com.nimbusds.jose.jwk.JWK;
import dev.manyfactor.resilience.TimeAndChance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issuer's keys, fetched by one background thread and kept whatever happens to the issuer.
///
/// They are fetched at the start, then every `keyRefresh`, sooner after a failure, and when
/// somebody meets a key that is not among them; the last at most once in ten seconds, so that a
/// flood of invented keys cannot reach the issuer. Safe on many threads.
final class SigningKeys implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final Duration BETWEEN_DEMANDS = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final int MOST_WAITING = 100;

  private final Issuer issuer;
  private final TimeAndChance timeAndChance;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition demanded = lock.newCondition();
  private final Condition fetched = lock.newCondition();
  private final Thread fetcher;

  private volatile @Nullable KeySet keys;
  private volatile String lastFailure = "they have not been asked for yet";
  // guarded by lock
  private boolean demand;
  private boolean fetching;
  private long fetches;
  private long nextFetchAt;
  private long nextDemandAt;
  private int failuresInARow;

  private SigningKeys(Issuer issuer) {
    this.issuer = issuer;
    this.timeAndChance = issuer.timeAndChance();
    this.nextFetchAt = now();
    this.nextDemandAt = now();
    this.fetcher = Thread.ofVirtual().name("oidc-keys").unstarted(this::fetchUntilInterrupted);
  }

  static SigningKeys start(Issuer issuer) {
    var keys = new SigningKeys(issuer);
    keys.fetcher.start();
    return keys;
  }

  /// The keys as last fetched with success; empty until the first success.
  Optional<KeySet> current() {
    return Optional.ofNullable(keys);
  }

  /// Why [#current] is empty, for an operator.
  String lastFailure() {
    return lastFailure;
  }

  /// The keys after a fetch that somebody who misses a key in `seen` has good reason to ask for.
  ///
  /// Waits for that fetch at most `patience`; does not wait, and returns what there is, when such a
  /// fetch was made less than ten seconds ago or too many wait already.
  Optional<KeySet> newerThan(KeySet seen, Duration patience) {
    if (!places.tryAcquire()) {
      return current();
    }
    lock.lock();
    try {
      if (isCurrent(seen) && (fetching || demandFetch())) {
        awaitFetch(patience);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
      places.release();
    }
    return current();
  }

  private boolean isCurrent(KeySet seen) {
    return current().map(KeySet::generation).orElse(0L) == seen.generation();
  }

  private boolean demandFetch() {
    if (!demand && now() - nextDemandAt >= 0) {
      nextDemandAt = now() + BETWEEN_DEMANDS.toNanos();
      demand = true;
      demanded.signal();
    }
    return demand;
  }

  private void awaitFetch(Duration patience) throws InterruptedException {
    long seen = fetches;
    long left = patience.toNanos();
    while (fetches == seen && left > 0) {
      left = fetched.awaitNanos(left);
    }
  }

  private void fetchUntilInterrupted() {
    try {
      for (; ; ) {
        awaitNextFetch();
        boolean succeeded = fetch();
        planNextFetch(succeeded);
      }
    } catch (InterruptedException closed) {
      LOG.debug("keys are no longer fetched");
    }
  }

  private void awaitNextFetch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nextFetchAt - now();
      while (!demand && left > 0) {
        long _ = demanded.awaitNanos(left);
        left = nextFetchAt - now();
      }
      demand = false;
      fetching = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean fetch() throws InterruptedException {
    try {
      replace(KeySet.usable(issuer.fetchKeys()));
      return true;
    } catch (RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      lastFailure = String.valueOf(failure.getMessage());
      LOG.atWarn()
          .addKeyValue("issuer", issuer.settings().issuer())
          .log("the issuer's keys could not be fetched: {}", lastFailure);
      return false;
    }
  }

  private void replace(List<JWK> usable) {
    if (usable.isEmpty()) {
      throw new IllegalStateException("the issuer publishes no key that can verify a token");
    }
    KeySet before = keys;
    if (before == null || !before.keys().equals(usable)) {
      long generation = before == null ? 1 : before.generation() + 1;
      keys = new KeySet(generation, usable);
      LOG.atInfo()
          .addKeyValue("issuer", issuer.settings().issuer())
          .log("keys to verify tokens with: {}", usable.size());
    }
  }

  private void planNextFetch(boolean succeeded) {
    lock.lock();
    try {
      failuresInARow = succeeded ? 0 : failuresInARow + 1;
      nextFetchAt = now() + pause().toNanos();
      fetching = false;
      fetches++;
      fetched.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Until the next fetch: up to a tenth less than `keyRefresh`, so that many instances do not
  /// fetch together; after failures 200 ms, then twice as long each time, at most 30 s.
  private Duration pause() {
    Duration whole = issuer.settings().keyRefresh();
    if (failuresInARow > 0) {
      Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
      whole = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
    }
    long jitter = timeAndChance.random().nextLong(whole.toNanos() / 10 + 1);
    return whole.minusNanos(jitter);
  }

  private long now() {
    return timeAndChance.nanoTime().getAsLong();
  }

  /// Stops fetching; waits at most a second for the fetch in progress.
  @Override
  public void close() {
    fetcher.interrupt();
    try {
      boolean _ = fetcher.join(Duration.ofSeconds(1));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
