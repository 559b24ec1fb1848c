package dev.manyfactor.chaos.loop;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Idempotency keys: half of them UUIDs of version 7, which say when they were made, half of them
/// of version 4, which say nothing. For one thread.
///
/// @param random decides them
record Keys(InstantSource clock, RandomGenerator random) {
  private static final long LOW_48_BITS = 0xffff_ffff_ffffL;

  String next() {
    return (random.nextBoolean() ? versionSeven() : versionFour()).toString();
  }

  private UUID versionSeven() {
    long millis = clock.millis() & LOW_48_BITS;
    return new UUID((millis << 16) | 0x7000 | random.nextInt(0x1000), variant());
  }

  private UUID versionFour() {
    return new UUID((random.nextLong() & ~0xf000L) | 0x4000, variant());
  }

  private long variant() {
    return (random.nextLong() >>> 2) | Long.MIN_VALUE;
  }
}
