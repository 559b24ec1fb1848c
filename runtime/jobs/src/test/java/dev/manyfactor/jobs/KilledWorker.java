package dev.manyfactor.jobs;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.Write;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A worker process that takes jobs, of each kind one at a time, and never finishes one; it is
/// there to be killed.
///
/// Arguments: the database's address, and a folder in which it leaves a file for every job begun.
final class KilledWorker {
  record Sent(int number) {}

  record Noted(int number) {}

  record OneSent(Consumer<Call> work) implements LeasedJob<Sent> {
    @Override
    public void run(Call call, Sent sent) {
      work.accept(call);
    }

    @Override
    public Policy policy() {
      return Policy.LEASED.withConcurrency(1);
    }
  }

  record OneNoted(Consumer<Write> work) implements TransactionalJob<Noted> {
    @Override
    public void run(Write write, Noted noted) {
      work.accept(write);
    }

    @Override
    public Policy policy() {
      return Policy.TRANSACTIONAL.withConcurrency(1);
    }
  }

  private KilledWorker() {}

  public static void main(String... args) {
    Path folder = Path.of(args[1]);
    Database database = Database.of(Configured.of(DatabaseSettings.of(PostgresUrl.parse(args[0]))));
    database.open(OpenTelemetry.noop(), "killed");
    Jobs jobs = Jobs.of(JobsSettings.DEFAULT.withPoll(Duration.ofMillis(50)), database);
    jobs.queue(Sent.class, new OneSent(call -> stayIn(folder.resolve("sent"))));
    jobs.queue(
        Noted.class,
        new OneNoted(write -> {
          TestProgram.effect(write, "never");
          stayIn(folder.resolve("noted"));
        }));
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
