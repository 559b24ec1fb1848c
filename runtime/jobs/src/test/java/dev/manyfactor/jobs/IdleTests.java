package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.TestPostgres;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a formation asks of its database while nothing happens.
class IdleTests {
  private static final int MOST_PER_MINUTE = 30;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final LeasedJob<Sent> SEND = (call, sent) -> {};
  private static final TransactionalJob<Noted> NOTE = (write, noted) -> {};

  private static final ScheduleSettings LEAP_DAYS =
      new ScheduleSettings(Schedule.parse("0 0 29 2 *"), new CatchUp.Last());

  private final TestClock clock = new TestClock();
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();

  record Sent(int number) {}

  record Noted(int number) {}

  @Test
  void webWorkerAndSchedulerAtRestAskLessThanThirtyStatementsAMinute() throws Exception {
    TestPostgres postgres = TestTables.create();
    try (var counter = new StatementCounter(TestPostgres.port());
        var telemetry =
            OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        TestProgram web = program(postgres, counter).open();
        TestProgram worker = program(postgres, counter).open(telemetry);
        TestProgram scheduler = program(postgres, counter).open()) {
      web.write("acme", write -> web.jobs().know(write));
      worker.startWorker();
      scheduler.jobs().startScheduler();
      rest(2); // the pauses grow to the poll interval
      scrape();
      counter.take();

      for (int second = 0; second < WINDOW.toSeconds(); second++) {
        scrape();
        rest(1);
      }

      List<String> asked = counter.take();
      assertThat(asked.size() * 60L)
          .as("statements in %s, times 60: %s", WINDOW, asked)
          .isLessThanOrEqualTo(MOST_PER_MINUTE * WINDOW.toSeconds());
      assertThat(asked)
          .as("a glance")
          .anyMatch(sql -> sql.startsWith("select exists (select from"));
    }
  }

  private TestProgram program(TestPostgres postgres, StatementCounter counter) {
    String url = postgres.app().toString().replace(":" + TestPostgres.port(), ":" + counter.port());
    var program =
        new TestProgram(
            postgres.open(DatabaseSettings.of(PostgresUrl.parse(url))),
            JobsSettings.DEFAULT,
            clock);
    program.jobs().queue(Sent.class, SEND);
    program.jobs().queue(Noted.class, NOTE);
    program.jobs().schedule("leap", LEAP_DAYS, (write, instant) -> {});
    return program;
  }

  private void scrape() {
    assertThat(reader.collectAllMetrics()).isNotEmpty();
  }

  private static void rest(int seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
  }
}
