package dev.manyfactor.architecture.planted.unmarked;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Planted: does what [dev.manyfactor.architecture.Rules] forbids, in a package without a
/// package-info.
final class Careless {
  private Careless() {}

  static Instant now() {
    return Instant.now();
  }

  static InstantSource source() {
    return InstantSource.system();
  }

  static LongSupplier nanoseconds() {
    return System::nanoTime;
  }

  static void print() {
    System.out.println("planted");
  }

  static void trace(Exception failure) {
    failure.printStackTrace();
  }

  static String home() {
    return System.getenv("HOME");
  }

  /// Allowed: the clock was handed in.
  static Instant nowBy(Clock clock) {
    return Instant.now(clock);
  }
}
