package dev.manyfactor.prover.standin;

import java.util.Map;

/// One point of a metric that was exported.
///
/// @param resource attributes of what exported it
/// @param kind in small letters: `gauge`, `sum`, `histogram`, `exponential_histogram`, `summary`
/// @param attributes their values as text
/// @param value of a gauge or a sum; of the others the sum of what was measured
/// @param count how often was measured; 1 for a gauge or a sum
public record ExportedPoint(
    Map<String, String> resource,
    String metric,
    String unit,
    String kind,
    Map<String, String> attributes,
    double value,
    long count) {
  /// Copies what could change.
  public ExportedPoint {
    resource = Map.copyOf(resource);
    attributes = Map.copyOf(attributes);
  }
}
