package dev.manyfactor.faults;

import java.time.Duration;

/// What a proxy does with connections, those that are open and those to come alike.
public sealed interface Behaviour {
  /// Passes everything on.
  record Pass() implements Behaviour {}

  /// Passes everything on, what comes back later by a time.
  ///
  /// The order is kept, and what arrives together leaves together. At most 64 KiB of a connection
  /// are on their way at once, as with a network whose windows are that small.
  ///
  /// @param delay zero or more
  record Latency(Duration delay) implements Behaviour {
    /// Refuses a delay below zero.
    public Latency {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("a delay must not be negative, but is " + delay);
      }
    }
  }

  /// Takes everything and passes nothing on, in either direction; connections stay open.
  ///
  /// New connections are accepted. Nothing is lost, as nothing is lost by TCP when a cable is
  /// pulled and put back soon enough: what was taken, 64 KiB in each direction of a connection, and
  /// what the system has buffered beyond it, arrives late and in order once everything is passed on
  /// again; so does the end of a connection, or its reset. A statement whose sender gave up long
  /// ago is still carried out then.
  record Blackhole() implements Behaviour {}

  /// Leaves new connections hanging in the connect phase, as a host behind a firewall that drops;
  /// open ones are a [Blackhole].
  ///
  /// It works by a queue of connections that is full and that nobody takes from, which Linux
  /// answers with silence. Who hangs tries again by itself: his connection stands at the latest
  /// some seconds after the behaviour has changed.
  record HangInConnect() implements Behaviour {}

  /// Refuses new connections and ends open ones in order: what was taken from them and not passed
  /// on is lost. The port stays reserved.
  record Refuse() implements Behaviour {}

  /// Resets open connections (RST) on both of their ends, and new ones once they are accepted.
  record Reset() implements Behaviour {}

  /// Passes `bytes` of what comes back on each connection on, then resets it on both of its ends.
  ///
  /// On a connection that is open already, it counts from the change of behaviour on.
  ///
  /// @param bytes zero or more; with zero, the first byte that wants to come back resets
  record CutAfter(long bytes) implements Behaviour {
    /// Refuses a number below zero.
    public CutAfter {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "the bytes that pass before a cut must not be negative, but are " + bytes);
      }
    }
  }
}
