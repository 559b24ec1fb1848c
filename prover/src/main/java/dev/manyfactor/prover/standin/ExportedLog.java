package dev.manyfactor.prover.standin;

import java.util.Map;

/// A log record that was exported.
///
/// @param resource attributes of what exported it
/// @param trace in hexadecimal; empty outside of a trace
/// @param span in hexadecimal; empty outside of a span
/// @param severity as OpenTelemetry numbers it: 9 for information, 17 for an error; 0 if not given
/// @param body as text
/// @param attributes their values as text
public record ExportedLog(
    Map<String, String> resource,
    String trace,
    String span,
    int severity,
    String body,
    Map<String, String> attributes) {
  /// Copies what could change.
  public ExportedLog {
    resource = Map.copyOf(resource);
    attributes = Map.copyOf(attributes);
  }
}
