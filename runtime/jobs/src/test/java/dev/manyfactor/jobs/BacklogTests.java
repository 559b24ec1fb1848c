package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogTests {
  private static final int CONCURRENCY = 4;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger low = new AtomicInteger();
  private final Backlog backlog = new Backlog(CONCURRENCY, now::get, low::incrementAndGet);

  @Test
  void nothingIsLeasedAheadBeforeAJobHasBeenSeen() {
    assertThat(backlog.room()).isZero();
  }

  @Test
  void shortJobsAreLeasedAheadAndLongOnesAreNot() {
    backlog.took(Duration.ofMillis(1));
    assertThat(backlog.room()).isEqualTo(8 * CONCURRENCY);
    backlog.add(job());
    assertThat(backlog.room()).isEqualTo(8 * CONCURRENCY - 1);

    backlog.took(Duration.ofSeconds(1));
    assertThat(backlog.room()).isZero();
  }

  @Test
  void noMoreThanAMomentsWorkIsLeasedAhead() {
    backlog.took(Duration.ofMillis(20));
    assertThat(backlog.room()).isEqualTo(2 * CONCURRENCY);
  }

  @Test
  void whoeverTakesTheFirstOfTheLowerHalfSaysSo() {
    for (int i = 0; i < 8 * CONCURRENCY; i++) {
      backlog.add(job());
    }
    for (int i = 0; i < 4 * CONCURRENCY; i++) {
      assertThat(backlog.next()).isPresent();
    }
    assertThat(low.get()).isZero();
    assertThat(backlog.next()).isPresent();
    assertThat(low.get()).isEqualTo(1);
  }

  @Test
  void jobsThatHaveWaitedForLongAreGivenBackAndNoneIsLeasedAheadAfterThat() {
    backlog.took(Duration.ofMillis(1));
    backlog.add(job());
    now.set(Duration.ofMillis(999).toNanos());
    backlog.add(job());
    assertThat(backlog.takeStale()).isEmpty();

    now.set(Duration.ofSeconds(1).toNanos());
    assertThat(backlog.takeStale()).hasSize(2);
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.room()).isZero();
  }

  private static StoredJob job() {
    return new StoredJob(
        JobId.at(Instant.EPOCH),
        "sent",
        new Tenant("acme"),
        "{}",
        Optional.empty(),
        "r1",
        Optional.empty(),
        0,
        1,
        "[]",
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        false);
  }
}
