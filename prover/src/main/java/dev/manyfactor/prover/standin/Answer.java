package dev.manyfactor.prover.standin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an upstream does with a request, once it has read it.
public sealed interface Answer {
  /// An answer.
  ///
  /// @param headers by name; `Content-Length` is added
  /// @param delay before its first byte
  record Reply(int status, Map<String, String> headers, String body, Duration delay)
      implements Answer {
    /// Keeps the headers in their order.
    public Reply {
      headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// The same, later.
    public Reply after(Duration time) {
      return new Reply(status, headers, body, time);
    }

    /// The same with one more header.
    public Reply with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Reply(status, more, body, delay);
    }
  }

  /// Silence, until the client goes or the upstream is closed.
  record Hang() implements Answer {}

  /// Bytes that are not HTTP, and the end of the connection.
  record Garbage() implements Answer {}

  /// A reset (RST).
  record Reset() implements Answer {}

  /// An answer in JSON, at once.
  static Reply json(int status, String body) {
    return new Reply(status, Map.of("Content-Type", "application/json"), body, Duration.ZERO);
  }
}
