package dev.manyfactor.jobs;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.time.Duration;

/// How a worker process works; the variables start with `JOBS_`.
///
/// @param concurrency how many jobs one process runs at a time, 1 to 1000; every transactional job
///   holds a pooled connection, so keep it below `DATABASE_POOL_SIZE`
/// @param poll the longest time between two glances at queues at rest, 10 milliseconds to 1 minute;
///   nothing but a job whose wake-up was lost waits for it
/// @param deadRetention how long a dead letter is kept, 1 hour to 3650 days
/// @param liveness how workers know of each other that they live
public record JobsSettings(
    @Default("8") @Description("how many jobs one worker process runs at a time") int concurrency,
    @Default("10s") @Description("the longest time between two looks at idle queues") Duration poll,
    @Default("30d") @Description("how long a dead letter is kept (1h to 3650d)")
        Duration deadRetention,
    @Default("session-lock")
        @Description(
            "how workers know that one is gone: session-lock, or clock where a pooler gives every"
                + " transaction another session")
        Liveness liveness) {
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(1);
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);

  /// The defaults, for a program without an environment.
  public static final JobsSettings DEFAULT =
      new JobsSettings(8, Duration.ofSeconds(10), Duration.ofDays(30), Liveness.SESSION_LOCK);

  public JobsSettings {
    if (concurrency < 1 || concurrency > 1000) {
      throw new IllegalArgumentException("concurrency must be 1 to 1000, but is " + concurrency);
    }
    if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException("poll must be 10ms to 1m, but is " + poll);
    }
    if (deadRetention.compareTo(SHORTEST_RETENTION) < 0
        || deadRetention.compareTo(LONGEST_RETENTION) > 0) {
      throw new IllegalArgumentException(
          "deadRetention must be 1h to 3650d, but is " + deadRetention);
    }
  }

  /// The same with another number of jobs at a time.
  public JobsSettings withConcurrency(int most) {
    return new JobsSettings(most, poll, deadRetention, liveness);
  }

  /// The same with another poll interval.
  public JobsSettings withPoll(Duration longest) {
    return new JobsSettings(concurrency, longest, deadRetention, liveness);
  }

  /// The same with another way to know that workers live.
  public JobsSettings withLiveness(Liveness way) {
    return new JobsSettings(concurrency, poll, deadRetention, way);
  }

  /// The longest time between two looks.
  Duration longestRest() {
    return switch (liveness) {
      case SESSION_LOCK -> poll;
      case CLOCK -> Rhythm.shorter(poll, Rhythm.LIFE_SIGN); // it hears of no job
    };
  }
}
