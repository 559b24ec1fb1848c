package dev.manyfactor.benchmarks;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes UUIDs of version 7 (RFC 9562, section 5.7). As safe on threads as its source of
/// randomness.
record Uuid7(InstantSource clock, RandomGenerator random) {
  private static final long VERSION = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  UUID next() {
    long time = clock.millis() << 16;
    long high = time | VERSION | (random.nextLong() & 0xfff);
    return new UUID(high, VARIANT | (random.nextLong() >>> 2));
  }
}
