package dev.manyfactor.jobs;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A worker process that takes jobs and never finishes one; it is there to be killed.
///
/// Arguments: the database's address, and a folder in which it leaves a file for every job begun.
final class KilledWorker {
  record Sent(int number) {}

  record Noted(int number) {}

  private KilledWorker() {}

  public static void main(String... args) {
    Path folder = Path.of(args[1]);
    Database database = Database.of(Configured.of(DatabaseSettings.of(PostgresUrl.parse(args[0]))));
    database.open(OpenTelemetry.noop(), "killed");
    Jobs jobs = Jobs.of(JobsSettings.DEFAULT.withPoll(Duration.ofMillis(50)), database);
    LeasedJob<Sent> send = (call, sent) -> stayIn(folder.resolve("sent"));
    TransactionalJob<Noted> note =
        (write, noted) -> {
          TestProgram.effect(write, "never");
          stayIn(folder.resolve("noted"));
        };
    jobs.queue(Sent.class, send);
    jobs.queue(Noted.class, note);
    jobs.open(TestProgram.RELEASE, OpenTelemetry.noop(), new TestClock());
    jobs.startWorker();
    leave(folder.resolve("started"));
    Await.latch(new CountDownLatch(1));
  }

  private static void stayIn(Path begun) {
    leave(begun);
    Await.latch(new CountDownLatch(1));
  }

  private static void leave(Path begun) {
    try {
      Files.createFile(begun);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
