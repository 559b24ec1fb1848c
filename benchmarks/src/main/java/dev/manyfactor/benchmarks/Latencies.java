package dev.manyfactor.benchmarks;

import java.util.Arrays;

/// How long each answer took, in the order they came. Belongs to one thread.
final class Latencies {
  private static final int FIRST_SIZE = 1 << 15;

  private final long countedUntil;
  private long[] nanos = new long[FIRST_SIZE];
  private int size;
  private int late;

  /// @param countedUntil when an answer comes too late to be measured
  Latencies(long countedUntil) {
    this.countedUntil = countedUntil;
  }

  void add(long sentAt, long now) {
    if (now > countedUntil) {
      late++;
      return;
    }
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = now - sentAt;
  }

  /// How many are measured.
  int size() {
    return size;
  }

  /// How many came after the time was up.
  int late() {
    return late;
  }

  long[] measured() {
    return Arrays.copyOf(nanos, size);
  }
}
