package dev.manyfactor.jobs;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A worker process without a session lock, which leases one job and stays in it until it is told
/// to end, and then tries to write all the same; it is there to be frozen and killed.
///
/// Arguments: the database's address, and a folder in which it leaves a file for what happens.
final class ClockWorker {
  record Held(int number) {}

  private ClockWorker() {}

  public static void main(String... args) {
    Path folder = Path.of(args[1]);
    Database database = Database.of(Configured.of(DatabaseSettings.of(PostgresUrl.parse(args[0]))));
    database.open(OpenTelemetry.noop(), "clock");
    Jobs jobs =
        Jobs.of(JobsSettings.DEFAULT.withConcurrency(1).withLiveness(Liveness.CLOCK), database);
    LeasedJob<Held> hold = (call, held) -> hold(call, folder);
    jobs.queue(Held.class, hold);
    jobs.open(TestProgram.RELEASE, OpenTelemetry.noop(), new TestClock());
    jobs.startWorker();
    Await.latch(new CountDownLatch(1));
  }

  private static void hold(Call call, Path folder) {
    leave(folder, "begun");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException told) {
      leave(folder, "interrupted"); // and goes on all the same
    }
    try {
      call.<Boolean>write(write -> {
        TestProgram.effect(write, "too late");
        return true;
      });
    } finally {
      leave(folder, "ended");
    }
  }

  private static void leave(Path folder, String what) {
    try {
      Files.createFile(folder.resolve(what + '-' + ProcessHandle.current().pid()));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
