package dev.manyfactor.jobs;

import java.time.Instant;
import java.util.UUID;

/// The identity of one job, the same over all its attempts.
///
/// @param value a UUID of version 7, so that ids sort by the time they were made
public record JobId(UUID value) {
  private static final long VERSION_7 = 0x7000;

  /// A new id made at that instant.
  static JobId at(Instant instant) {
    UUID random = UUID.randomUUID();
    long twelveBits = random.getMostSignificantBits() & 0xfff;
    long time = instant.toEpochMilli() << 16;
    return new JobId(new UUID(time | VERSION_7 | twelveBits, random.getLeastSignificantBits()));
  }

  /// The key under which this job's calls are made: the same in every attempt.
  String callKey() {
    return "job:" + value;
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
