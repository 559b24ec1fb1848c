package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Environment;
import dev.manyfactor.database.Database;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobsTests {
  private final Configuration configuration = new Configuration();
  private final Jobs jobs = Jobs.declare(configuration, Database.declare(configuration));

  record Sent(int number) {}

  @Kind("jobs-tests.sent")
  record SentAgain(int number) {}

  @Test
  void settingsAndSchedulesComeFromTheEnvironment() {
    jobs.schedule("settle", (write, instant) -> {});
    jobs.schedule("clean-up", Schedule.parse("every 1h"), (write, instant) -> {});

    bind(Map.of("SETTLE_SCHEDULE", "0 2 * * * Europe/Berlin", "CLEAN_UP_CATCH_UP", "none"));

    assertThat(jobs.schedules()).containsExactly("settle", "clean-up");
    assertThat(jobs.kinds()).containsExactly("schedule.settle", "schedule.clean-up");
    assertThat(configuration.effective())
        .extracting(value -> value.variable() + "=" + value.value())
        .contains(
            "JOBS_CONCURRENCY=8",
            "JOBS_POLL=10s",
            "SETTLE_CATCH_UP=last",
            "CLEAN_UP_SCHEDULE=every 1h");
  }

  @Test
  void everyMistakeIsNamedWithItsVariable() {
    jobs.schedule("settle", (write, instant) -> {});
    jobs.schedule("clean-up", Schedule.parse("every 1h"), (write, instant) -> {});

    assertThatThrownBy(() ->
            bind(
                Map.of(
                    "JOBS_CONCURRENCY", "0",
                    "CLEAN_UP_SCHEDULE", "sometimes",
                    "SETTLE_CATCH_UP", "everything")))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(problem -> problem.variable())
                    .contains("SETTLE_SCHEDULE", "CLEAN_UP_SCHEDULE", "SETTLE_CATCH_UP"));
  }

  private void bind(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("DATABASE_URL", "postgres://app@localhost/app");
    configuration.bind(Environment.of(all));
  }

  @Test
  void twoPayloadsOfOneKindAreRefused() {
    TransactionalJob<Sent> job = (write, sent) -> {};
    TransactionalJob<SentAgain> again = (write, sent) -> {};
    jobs.queue(Sent.class, job);

    assertThatThrownBy(() -> jobs.queue(SentAgain.class, again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jobs-tests.sent")
        .hasMessageContaining("@Kind");
  }

  @Test
  void nothingStartsBeforeItIsOpen() {
    assertThatThrownBy(jobs::startWorker)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call Jobs.open first");
  }
}
