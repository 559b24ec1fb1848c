package dev.manyfactor.fuzz.contract;

import java.util.Map;

/// What a contract says of one status.
///
/// @param schemas for each media type the JSON pointer of its schema
/// @param headers by name
public record ApiResponse(Map<String, String> schemas, Map<String, ApiHeader> headers) {
  /// Copies the maps.
  public ApiResponse {
    schemas = Map.copyOf(schemas);
    headers = Map.copyOf(headers);
  }

  /// A header of a response.
  ///
  /// @param schema the JSON pointer of its schema
  public record ApiHeader(boolean required, Shape shape, String schema) {}
}
