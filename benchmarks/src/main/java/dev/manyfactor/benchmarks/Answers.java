package dev.manyfactor.benchmarks;

import java.util.Arrays;
import java.util.List;

/// What came back of one load.
///
/// @param measured answers within the time
/// @param all those and the last ones, which came when the time was up
/// @param perSecond of those measured
/// @param p50Millis half of them were faster
/// @param p99Millis all but one in a hundred were faster
record Answers(int measured, int all, double perSecond, double p50Millis, double p99Millis) {

  static Answers of(List<Latencies> lanes, long nanos) {
    long[] sorted =
        lanes.stream().flatMapToLong(lane -> Arrays.stream(lane.measured())).sorted().toArray();
    if (sorted.length == 0) {
      throw new UnexpectedAnswer("there was no answer in time");
    }
    int late = lanes.stream().mapToInt(Latencies::late).sum();
    return new Answers(
        sorted.length,
        sorted.length + late,
        Rounded.to3(sorted.length / (nanos / 1e9)),
        Rounded.to3(at(sorted, 0.50) / 1e6),
        Rounded.to3(at(sorted, 0.99) / 1e6));
  }

  private static long at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }
}
