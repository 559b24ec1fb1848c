package dev.manyfactor.prover.standin;

import java.util.Map;

/// One value of a metrics page.
///
/// @param name with its suffix, for example `http_requests_seconds_count`
/// @param labels by name
/// @param value may be NaN or infinite
/// @param exemplar the labels of its exemplar; empty without one
public record Sample(
    String name, Map<String, String> labels, double value, Map<String, String> exemplar) {
  /// Copies what could change.
  public Sample {
    labels = Map.copyOf(labels);
    exemplar = Map.copyOf(exemplar);
  }

  /// Whether it has all of these labels, with these values, and perhaps more.
  public boolean has(Map<String, String> some) {
    return labels.entrySet().containsAll(some.entrySet());
  }
}
