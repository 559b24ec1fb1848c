package dev.manyfactor.benchmarks.queues;

import java.util.Arrays;

/// How long jobs waited, in milliseconds.
record Waits(int jobs, double perSecond, double p50, double p99, double most) {

  static Waits of(long[] nanos, double perSecond) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Waits(
        sorted.length,
        rounded(perSecond),
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        millis(sorted, 1));
  }

  private static double millis(long[] sorted, double share) {
    int at = (int) Math.min(sorted.length - 1L, Math.round(share * sorted.length));
    return rounded(sorted[at] / 1e6);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
