package dev.manyfactor.prover.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The lines of one process, up to a bound.
///
/// Safe on many threads.
final class BoundedOutput implements Output {
  private static final int MOST_LINES = 50_000;
  private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<OutputLine> kept = new ArrayList<>();
  private long characters;
  private long dropped;

  /// Keeps a line, or counts it.
  void add(OutputLine line) {
    lock.lock();
    try {
      if (dropped > 0
          || kept.size() == MOST_LINES
          || characters + line.text().length() > MOST_CHARACTERS) {
        dropped++;
        return;
      }
      kept.add(line);
      characters += line.text().length();
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<OutputLine> lines() {
    lock.lock();
    try {
      return List.copyOf(kept);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<OutputLine> await(int from, Predicate<OutputLine> fits, Duration patience)
      throws InterruptedException {
    long left = patience.toNanos();
    int next = from;
    lock.lock();
    try {
      while (true) {
        for (; next < kept.size(); next++) {
          if (fits.test(kept.get(next))) {
            return Optional.of(kept.get(next));
          }
        }
        if (left <= 0) {
          return Optional.empty();
        }
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
