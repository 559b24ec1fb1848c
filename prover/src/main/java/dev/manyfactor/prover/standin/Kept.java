package dev.manyfactor.prover.standin;

import java.util.ArrayList;
import java.util.List;

/// What has arrived, as far as a bound allows; what comes later is counted and dropped.
///
/// Safe on many threads.
final class Kept<T> {
  private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

  private final int limit;
  private final List<T> items = new ArrayList<>();
  private long weight;
  private long dropped;

  Kept(int limit) {
    this.limit = limit;
  }

  void add(T item) {
    add(item, 0);
  }

  /// Keeps what has a weight, as long as all together weigh little enough.
  ///
  /// @param characters how long its texts are
  synchronized void add(T item, long characters) {
    if (items.size() < limit && weight + characters <= MOST_CHARACTERS) {
      weight += characters;
      items.add(item);
    } else {
      dropped++;
    }
  }

  synchronized List<T> all() {
    return List.copyOf(items);
  }

  synchronized long dropped() {
    return dropped;
  }
}
