package dev.manyfactor.prover.standin;

import java.util.ArrayList;
import java.util.List;

/// What has arrived, as far as a bound allows; what comes later is counted and dropped.
///
/// Safe on many threads.
final class Kept<T> {
  private final int limit;
  private final List<T> items = new ArrayList<>();
  private long dropped;

  Kept(int limit) {
    this.limit = limit;
  }

  synchronized void add(T item) {
    if (items.size() < limit) {
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
