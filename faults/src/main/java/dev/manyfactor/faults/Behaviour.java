package dev.manyfactor.faults;

import java.time.Duration;

/// What a proxy does with connections, those that are open and those to come alike.
public sealed interface Behaviour {
  /// Passes everything on.
  record Pass() implements Behaviour {}

  /// Passes everything on, what comes back later by a time.
  record Latency(Duration delay) implements Behaviour {}

  /// Takes everything and passes nothing on, in either direction; connections stay open.
  record Blackhole() implements Behaviour {}

  /// Leaves new connections hanging in the connect phase, as a host behind a firewall that drops;
  /// open ones are a [Blackhole].
  record HangInConnect() implements Behaviour {}

  /// Refuses new connections and ends open ones in order.
  record Refuse() implements Behaviour {}

  /// Resets open connections (RST), and new ones once they are accepted.
  record Reset() implements Behaviour {}

  /// Passes `bytes` of what comes back on each connection on, then resets it.
  record CutAfter(long bytes) implements Behaviour {}
}
