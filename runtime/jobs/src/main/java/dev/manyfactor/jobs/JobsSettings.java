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
public record JobsSettings(
    @Default("8") @Description("how many jobs one worker process runs at a time") int concurrency,
    @Default("10s") @Description("the longest time between two looks at idle queues")
        Duration poll) {
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

  /// The defaults, for a program without an environment.
  public static final JobsSettings DEFAULT = new JobsSettings(8, Duration.ofSeconds(10));

  public JobsSettings {
    if (concurrency < 1 || concurrency > 1000) {
      throw new IllegalArgumentException("concurrency must be 1 to 1000, but is " + concurrency);
    }
    if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException("poll must be 10ms to 1m, but is " + poll);
    }
  }

  /// The same with another number of jobs at a time.
  public JobsSettings withConcurrency(int most) {
    return new JobsSettings(most, poll);
  }

  /// The same with another poll interval.
  public JobsSettings withPoll(Duration longest) {
    return new JobsSettings(concurrency, longest);
  }
}
