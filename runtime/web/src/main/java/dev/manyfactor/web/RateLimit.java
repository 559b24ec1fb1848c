package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Gives each caller, a subject in its tenant, its share of requests: so many per second, and so
/// many at once after a pause.
///
/// It keeps one moment per caller: when all that it has sent would have been due, had it kept to
/// its rate (the generic cell rate algorithm). A caller whose moment has passed is the same as one
/// that never came and is forgotten, so memory is bounded. Safe on many threads.
final class RateLimit {
  /// Most callers that have a share of their own; more of them at a time have one together.
  static final int CALLERS = 10_000;

  private static final long SECOND = 1_000_000_000;
  private static final String THE_OTHERS = "";

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanoTime;
  private final long began;
  private final Map<String, Long> due = new ConcurrentHashMap<>();
  private final AtomicLong nextSweep = new AtomicLong();

  private RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /// The limit that is set, if one is.
  static Optional<RateLimit> of(RateSettings settings, LongSupplier nanoTime) {
    return settings
        .limit()
        .map(limit -> new RateLimit(limit, settings.burst().orElse(limit), nanoTime));
  }

  /// Counts a request of the context's caller; one without a caller is not limited.
  ///
  /// @throws Refused with 429 if it is too early
  void admit(Context context) {
    if (context.caller().isPresent()) {
      String tenant = context.tenant().map(Tenant::id).orElse("");
      long wait = count(tenant + '\n' + context.caller().get().subject());
      if (wait > 0) {
        throw Fault.RATE_LIMITED
            .refused(
                "a caller may send %d requests per second, and %d at once"
                    .formatted(perSecond, burst))
            .with("Retry-After", String.valueOf((wait + SECOND - 1) / SECOND));
      }
    }
  }

  /// Nanoseconds until the caller's next request is let pass; 0 if this one is.
  private long count(String caller) {
    long now = nanoTime.getAsLong() - began;
    long interval = SECOND / perSecond;
    long ahead = interval * (burst - 1L);
    long[] wait = {0};
    due.compute(
        place(caller, now),
        (_, former) -> {
          long from = former == null ? now : Math.max(now, former);
          wait[0] = Math.max(0, from - now - ahead);
          return wait[0] > 0 ? former : Long.valueOf(from + interval);
        });
    return wait[0];
  }

  private String place(String caller, long now) {
    if (due.size() < CALLERS || due.containsKey(caller)) {
      return caller;
    }
    long sweep = nextSweep.get();
    if (now >= sweep && nextSweep.compareAndSet(sweep, now + SECOND)) {
      due.values().removeIf(moment -> moment <= now);
    }
    return due.size() < CALLERS ? caller : THE_OTHERS;
  }

  /// How many callers it remembers.
  int callers() {
    return due.size();
  }
}
