package dev.manyfactor.jobs;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.Write;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A worker process that stops in the middle of long jobs; it is there to be killed.
///
/// Arguments: the database's address, and a folder in which it leaves a file where it stops.
final class SteppingWorker {
  static final int STEPS = 6;
  private static final int STOP = 3;

  /// Work of which the process stops inside a step.
  record Inside(int number) {}

  /// Work of which the process stops between two steps.
  record Between(int number) {}

  record Reached(int step) {}

  private SteppingWorker() {}

  public static void main(String... args) {
    Path folder = Path.of(args[1]);
    Database database = Database.of(Configured.of(DatabaseSettings.of(PostgresUrl.parse(args[0]))));
    database.open(OpenTelemetry.noop(), "stepping");
    Jobs jobs = Jobs.of(JobsSettings.DEFAULT, database);
    jobs.queue(
        Inside.class,
        Reached.class,
        (write, inside, from) -> {
          Optional<Reached> next = step(write, "inside", from);
          if (next.filter(reached -> reached.step() == STOP).isPresent()) {
            stayIn(folder.resolve("inside"));
          }
          return next;
        });
    jobs.queue(
        Between.class,
        Reached.class,
        (write, between, from) -> {
          Optional<Reached> next = step(write, "between", from);
          if (next.filter(reached -> reached.step() == STOP).isPresent()) {
            write.afterCommit(() -> stayIn(folder.resolve("between")));
          }
          return next;
        });
    jobs.open(TestProgram.RELEASE, OpenTelemetry.noop(), new TestClock());
    jobs.startWorker();
    Await.latch(new CountDownLatch(1));
  }

  /// One effect per step.
  static Optional<Reached> step(Write write, String name, Optional<Reached> from) {
    int step = from.map(Reached::step).orElse(0) + 1;
    TestProgram.effect(write, name + ' ' + step);
    return step < STEPS ? Optional.of(new Reached(step)) : Optional.empty();
  }

  private static void stayIn(Path begun) {
    try {
      Files.createFile(begun);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    Await.latch(new CountDownLatch(1));
  }
}
