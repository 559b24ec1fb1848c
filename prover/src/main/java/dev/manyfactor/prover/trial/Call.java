package dev.manyfactor.prover.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request to be sent.
///
/// @param path with its query, from the slash on
/// @param headers by name; `Host` and `Content-Length` are added
/// @param body the text of the body
public record Call(String method, String path, Map<String, String> headers, Optional<String> body) {
  /// Copies what could change.
  public Call {
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// A GET without anything.
  public static Call get(String path) {
    return new Call("GET", path, Map.of(), Optional.empty());
  }

  /// The same with one more header, or another value of it.
  public Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, path, more, body);
  }

  /// The same without a header.
  public Call without(String header) {
    Map<String, String> less = new LinkedHashMap<>(headers);
    less.keySet().removeIf(header::equalsIgnoreCase);
    return new Call(method, path, less, body);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
