package dev.manyfactor.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Which of several instances gets the next request: the one with the fewest under way, and among
/// equals each in turn.
///
/// An instance that is taken out gets no more requests; those under way go on, and can be waited
/// for. Safe on many threads.
final class Balance {
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  private final List<Share> shares = new ArrayList<>();
  private int next;

  /// Begins without instances.
  Balance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// One instance and what it has to do.
  private static final class Share {
    private final int port;
    private int underWay;
    private boolean in;

    Share(int port) {
      this.port = port;
    }
  }

  /// The instance on `port` gets requests from now on.
  void putIn(int port) {
    locked(() -> share(port).in = true);
  }

  /// The instance on `port` gets no more requests.
  void takeOut(int port) {
    locked(() -> share(port).in = false);
  }

  /// The port of the instance that gets a request, which counts as under way until [#done].
  ///
  /// @param tried ports that do not come into question any more
  Optional<Integer> choose(Set<Integer> tried) {
    lock.lock();
    try {
      Optional<Share> best = Optional.empty();
      for (int step = 0; step < shares.size(); step++) {
        Share candidate = shares.get((next + step) % shares.size());
        if (candidate.in
            && !tried.contains(candidate.port)
            && best.stream().allMatch(other -> candidate.underWay < other.underWay)) {
          best = Optional.of(candidate);
        }
      }
      best.ifPresent(chosen -> {
        chosen.underWay++;
        next = shares.indexOf(chosen) + 1;
      });
      return best.map(chosen -> chosen.port);
    } finally {
      lock.unlock();
    }
  }

  /// A request that the instance on `port` got has come to its end.
  void done(int port) {
    locked(() -> {
      share(port).underWay--;
      fewer.signalAll();
    });
  }

  /// Whether the instance on `port` has no request under way.
  boolean isIdle(int port) {
    lock.lock();
    try {
      return share(port).underWay == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the instance on `port` has no request under way.
  ///
  /// @return whether that came within `bound`
  boolean awaitNone(int port, Duration bound) throws InterruptedException {
    long until = nanos.getAsLong() + bound.toNanos();
    lock.lockInterruptibly();
    try {
      while (share(port).underWay > 0) {
        long left = until - nanos.getAsLong();
        if (left <= 0 || !fewer.await(left, TimeUnit.NANOSECONDS)) {
          return share(port).underWay == 0;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Share share(int port) {
    return shares.stream()
        .filter(share -> share.port == port)
        .findFirst()
        .orElseGet(() -> {
          Share added = new Share(port);
          shares.add(added);
          return added;
        });
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
