package dev.manyfactor.prover.standin;

import java.util.Map;

/// A span that was exported.
///
/// @param resource attributes of what exported it, for example `service.name`
/// @param ids in hexadecimal, as in `traceparent`
/// @param kind in small letters: `server`, `client`, `internal`, `producer`, `consumer`,
///   `unspecified`
/// @param status in small letters: `unset`, `ok`, `error`
/// @param attributes their values as text
public record ExportedSpan(
    Map<String, String> resource,
    Ids ids,
    String name,
    String kind,
    String status,
    Time time,
    Map<String, String> attributes) {
  /// Copies what could change.
  public ExportedSpan {
    resource = Map.copyOf(resource);
    attributes = Map.copyOf(attributes);
  }

  /// Where a span belongs.
  ///
  /// @param parent empty for the first span of a trace
  public record Ids(String trace, String span, String parent) {}

  /// When a span began and ended, in nanoseconds since 1970, by the exporter's clock.
  public record Time(long began, long ended) {}
}
