package dev.manyfactor.resilience;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Everything that makes two runs differ: time and chance, in one argument so that a test can hold
/// them still.
///
/// @param clock the time of day, for what others say in dates
/// @param nanoTime a clock that never goes back, for durations
/// @param random for jitter only, never for secrets; safe on many threads
public record TimeAndChance(InstantSource clock, LongSupplier nanoTime, RandomGenerator random) {

  /// The machine's own.
  public static TimeAndChance ofSystem() {
    return new TimeAndChance(
        InstantSource.system(), System::nanoTime, () -> ThreadLocalRandom.current().nextLong());
  }
}
