package dev.manyfactor.journey;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens in another process.
final class Await {
  /// For steps that take seconds on a quick machine.
  static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(20);

  private Await() {}

  /// Returns once `condition` holds.
  ///
  /// @param evidence shown if it does not within [#LONG]
  static void until(String what, BooleanSupplier condition, Supplier<String> evidence)
      throws InterruptedException {
    until(what, condition, evidence, LONG);
  }

  /// Returns once `condition` holds.
  ///
  /// @param evidence shown if it does not within `patience`
  static void until(
      String what, BooleanSupplier condition, Supplier<String> evidence, Duration patience)
      throws InterruptedException {
    Duration waited = Duration.ZERO;
    while (!condition.getAsBoolean()) {
      if (waited.compareTo(patience) > 0) {
        throw new AssertionError("waited in vain for " + what + "\n" + evidence.get());
      }
      Thread.sleep(POLL);
      waited = waited.plus(POLL);
    }
  }
}
