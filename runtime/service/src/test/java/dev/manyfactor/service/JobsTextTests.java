package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.jobs.Failure;
import dev.manyfactor.jobs.JobDetails;
import dev.manyfactor.jobs.JobId;
import dev.manyfactor.jobs.JobState;
import dev.manyfactor.jobs.JobSummary;
import dev.manyfactor.jobs.QueueSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobsTextTests {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ID = "0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77";
  private static final String REASON =
      "attempt 25 was the last: java.lang.IllegalStateException: no\nsecond line";

  private final JobsText plain = new JobsText(NOW, false);

  @Test
  void agesAreSaidInOneUnit() {
    assertThat(age(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(age(Duration.ofSeconds(200))).isEqualTo("3 min");
    assertThat(age(Duration.ofMinutes(150))).isEqualTo("2 h");
    assertThat(age(Duration.ofHours(47))).isEqualTo("47 h");
    assertThat(age(Duration.ofDays(9))).isEqualTo("9 d");
    assertThat(age(Duration.ofMinutes(-3))).isEqualTo("in 3 min");
  }

  private static String age(Duration before) {
    return Age.of(NOW.minus(before), NOW);
  }

  @Test
  void jobsStandInColumnsWithTheirReasonOnOneLine() {
    List<String> lines =
        plain.jobs(
            List.of(
                job(JobState.DEAD, Duration.ofMinutes(3), 25, Optional.of(REASON)),
                job(JobState.LATER, Duration.ofSeconds(-9), 1, Optional.empty())));

    assertThat(lines)
        .containsExactly(
            "STATE  AGE     KIND  TENANT  FAILED  ID                                    REASON",
            "dead   3 min   mail  acme        25  %s  attempt 25 was the last: IllegalStateException: no second line"
                .formatted(ID),
            "later  in 9 s  mail  acme         1  %s".formatted(ID));
    assertThat(JobsText.oneLine("x".repeat(200))).hasSize(80).endsWith("…");
  }

  @Test
  void aScreenHasColoursAndAPipeHasNone() {
    List<JobSummary> jobs = List.of(job(JobState.DEAD, Duration.ZERO, 1, Optional.empty()));
    List<String> coloured = new JobsText(NOW, true).jobs(jobs);

    assertThat(coloured.get(1)).startsWith("\u001b[31mdead\u001b[0m ");
    assertThat(coloured)
        .map(line -> line.replaceAll("\u001b\\[\\d+m", "").stripTrailing())
        .isEqualTo(plain.jobs(jobs));
    assertThat(String.join("", plain.jobs(jobs))).doesNotContain("\u001b");
  }

  @Test
  void queuesTellWhetherTheyArePaused() {
    assertThat(
            plain.queues(
                List.of(
                    new QueueSummary(
                        "mail",
                        12,
                        1,
                        0,
                        3,
                        Optional.of(NOW.minusSeconds(61)),
                        Optional.of(NOW.minusSeconds(7300))),
                    new QueueSummary("pay", 0, 0, 0, 0, Optional.empty(), Optional.empty()))))
        .containsExactly(
            "QUEUE  DUE  OLDEST  RUNNING  LATER  DEAD  STATE",
            "mail    12  1 min         1      0     3  paused for 2 h",
            "pay      0  -             0      0     0  open");
  }

  @Test
  void oneJobIsShownWithItsFailures() {
    var details =
        new JobDetails(
            job(JobState.DEAD, Duration.ofMinutes(3), 2, Optional.of("discarded: closed")),
            "{\"number\":1}",
            Optional.of("invoice-7"),
            "r1",
            Optional.empty(),
            List.of(new Failure(NOW, 1, "r1", "no"), new Failure(NOW, 2, "", "lost")));

    assertThat(plain.job(details))
        .contains(
            "state       dead, since 2026-11-20T11:57:00Z (3 min ago)",
            "reason      discarded: closed",
            "unique key  invoice-7",
            "payload     {\"number\":1}",
            "  attempt 1, 2026-11-20T12:00:00Z, release r1: no",
            "  attempt 2, 2026-11-20T12:00:00Z: lost");
  }

  private static JobSummary job(
      JobState state, Duration age, int attempts, Optional<String> reason) {
    return new JobSummary(
        new JobId(UUID.fromString(ID)),
        "mail",
        new Tenant("acme"),
        state,
        NOW.minus(age),
        attempts,
        reason,
        NOW.minus(Duration.ofHours(1)));
  }
}
