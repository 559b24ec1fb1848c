package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWorkerTests {
  private static final LeasedJob<KilledWorker.Sent> SEND =
      (call, sent) ->
          call.<Boolean>write(write -> {
            TestProgram.effect(write, "sent under " + call.key());
            return true;
          });
  private static final TransactionalJob<KilledWorker.Noted> NOTE =
      (write, noted) -> TestProgram.effect(write, "noted");

  private static final Tenant ACME = new Tenant("acme");

  /// The sleeper would look by itself only after a minute, which is longer than the test waits.
  @Test
  void jobsOfKilledProcessRunInOneThatSleptWithOneEffect(@TempDir Path folder) throws Exception {
    TestPostgres postgres = TestTables.create();
    try (var counter = new StatementCounter(TestPostgres.port());
        var sleeper = program(postgres, counter)) {
      Queue<KilledWorker.Sent> sends = sleeper.jobs().queue(KilledWorker.Sent.class, SEND);
      Queue<KilledWorker.Noted> notes = sleeper.jobs().queue(KilledWorker.Noted.class, NOTE);
      sleeper.open().startWorker();
      Process process = OtherProcess.start(KilledWorker.class, postgres, folder);
      try {
        Await.begun(folder.resolve("started"));
        Await.until("the other worker sleeps", () -> asksNothing(counter));
        JobId id = add(postgres, sends, new KilledWorker.Sent(1)); // wakes nobody
        add(postgres, notes, new KilledWorker.Noted(1));
        Await.begun(folder.resolve("sent"));
        Await.begun(folder.resolve("noted"));

        process.destroyForcibly().waitFor(); // kill -9

        Await.until(
            "both jobs are done", () -> postgres.ask("select note from effect").size() == 2);
        assertThat(postgres.ask("select note from effect"))
            .containsExactlyInAnyOrder("noted", "sent under job:" + id);
        assertThat(postgres.ask("select id from manyfactor.job")).isEmpty();
        assertThat(postgres.ask("select id from manyfactor.run")).isEmpty();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static TestProgram program(TestPostgres postgres, StatementCounter counter) {
    String url = postgres.app().toString().replace(":" + TestPostgres.port(), ":" + counter.port());
    return new TestProgram(
        postgres.open(DatabaseSettings.of(PostgresUrl.parse(url))),
        JobsSettings.DEFAULT.withPoll(Duration.ofMinutes(1)),
        new TestClock());
  }

  private static boolean asksNothing(StatementCounter counter) {
    counter.take();
    Await.pause(Duration.ofSeconds(2));
    return counter.take().isEmpty();
  }

  private static <P extends Record> JobId add(TestPostgres postgres, Queue<P> queue, P payload)
      throws SQLException {
    try (Connection connection = postgres.app().connect("test")) {
      connection.setAutoCommit(false);
      JobId id = queue.add(connection, ACME, payload);
      connection.commit();
      return id;
    }
  }

  @Test
  void thePlacesOfAKilledProcessAreFreeAgain(@TempDir Path folder) throws Exception {
    TestPostgres postgres = TestTables.create();
    try (var program = new TestProgram(postgres, new TestClock())) {
      var atWork = new Busiest();
      Queue<KilledWorker.Sent> sends =
          program
              .jobs()
              .queue(
                  KilledWorker.Sent.class,
                  new KilledWorker.OneSent(call -> {
                    call.<Boolean>write(write -> {
                      TestProgram.effect(write, "sent");
                      return true;
                    });
                    atWork.once();
                  }));
      Queue<KilledWorker.Noted> notes =
          program
              .jobs()
              .queue(
                  KilledWorker.Noted.class,
                  new KilledWorker.OneNoted(write -> {
                    TestProgram.effect(write, "noted");
                    atWork.once();
                  }));
      var looks = new Looks(program);
      program.open();
      program.write(
          "acme",
          write ->
              IntStream.range(0, 4)
                  .forEach(number -> {
                    sends.add(write, new KilledWorker.Sent(number));
                    notes.add(write, new KilledWorker.Noted(number));
                  }));
      Process process = OtherProcess.start(KilledWorker.class, postgres, folder);
      try {
        Await.begun(folder.resolve("sent"));
        Await.begun(folder.resolve("noted"));
        program.startWorker();
        looks.await(3);
        assertThat(program.jobs().admin().queues())
            .filteredOn(queue -> queue.running() == 1 && queue.due() == 3)
            .extracting(QueueSummary::kind)
            .containsExactlyInAnyOrder(sends.kind(), notes.kind());
      } finally {
        process.destroyForcibly().waitFor(); // kill -9
      }

      Await.until("all jobs are done", () -> postgres.ask("select note from effect").size() == 8);
      assertThat(atWork.most()).as("one of each of two kinds").isLessThanOrEqualTo(2);
    }
  }
}
