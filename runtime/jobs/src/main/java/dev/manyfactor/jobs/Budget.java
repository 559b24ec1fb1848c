package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets something happen only as often as it is cheap: it may take a tenth of the time. For one
/// thread.
final class Budget {
  private static final int SHARE = 10;

  private final Duration least;
  private final LongSupplier nanos;
  private long againAt;

  /// @param least what lies between two times in any case
  Budget(Duration least, LongSupplier nanos) {
    this.least = least;
    this.nanos = nanos;
    this.againAt = nanos.getAsLong();
  }

  boolean allows() {
    return nanos.getAsLong() - againAt >= 0;
  }

  void spent(Duration cost) {
    Duration pause = cost.multipliedBy(SHARE);
    againAt = nanos.getAsLong() + (pause.compareTo(least) < 0 ? least : pause).toNanos();
  }
}
