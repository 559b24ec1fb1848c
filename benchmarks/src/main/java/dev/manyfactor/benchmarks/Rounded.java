package dev.manyfactor.benchmarks;

import java.util.Arrays;

/// Figures as they are reported.
final class Rounded {
  private Rounded() {}

  /// With three decimals.
  static double to3(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /// The middle one, or the mean of the two in the middle.
  static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return to3(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }
}
