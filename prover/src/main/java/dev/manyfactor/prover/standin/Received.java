package dev.manyfactor.prover.standin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that an upstream has read.
///
/// @param target path and query, as sent
/// @param headers by name in small letters
/// @param body at most 1 MiB of it
/// @param moment when it was read, by the clock of nanoseconds that the upstream was given
public record Received(
    String method, String target, Map<String, List<String>> headers, String body, long moment) {
  /// Copies what could change.
  public Received {
    headers = Map.copyOf(headers);
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
