package dev.manyfactor.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: exponential, with full jitter, so that callers who
/// failed together do not return together
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Backoff() {}

  /// A wait drawn evenly from zero up to 100 ms, 200 ms, 400 ms and so on, at most 2 s.
  ///
  /// @param failed how many attempts have failed, from 1
  static Duration after(int failed, RandomGenerator random) {
    Duration ceiling = FIRST.multipliedBy(1L << Math.min(failed - 1, 10));
    Duration bounded = ceiling.compareTo(LONGEST) < 0 ? ceiling : LONGEST;
    return Duration.ofNanos(random.nextLong(bounded.toNanos() + 1));
  }
}
