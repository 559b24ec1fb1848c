package dev.manyfactor.prover.rules;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Several measurements of one duration.
///
/// @param samples one or more, in the order in which they were taken
record Measured(List<Duration> samples) {
  Measured {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    samples = List.copyOf(samples);
  }

  /// The one in the middle; of an even number the longer of the two.
  Duration median() {
    return samples.stream().sorted().toList().get(samples.size() / 2);
  }

  /// The shortest.
  Duration least() {
    return samples.stream().sorted().toList().getFirst();
  }

  @Override
  public String toString() {
    return samples.stream()
        .map(sample -> String.valueOf(sample.toMillis()))
        .collect(Collectors.joining(", ", "", " ms"));
  }
}
