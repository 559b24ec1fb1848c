package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWorkerTests {

  @Test
  void theJobsOfAKilledProcessRunElsewhereWithOneEffect(@TempDir Path folder)
      throws IOException, InterruptedException {
    TestPostgres postgres = TestTables.create();
    try (var program = new TestProgram(postgres, new TestClock())) {
      LeasedJob<KilledWorker.Sent> send =
          (call, sent) ->
              call.<Boolean>write(write -> {
                TestProgram.effect(write, "sent under " + call.key());
                return true;
              });
      TransactionalJob<KilledWorker.Noted> note =
          (write, noted) -> TestProgram.effect(write, "noted");
      Queue<KilledWorker.Sent> sends = program.jobs().queue(KilledWorker.Sent.class, send);
      Queue<KilledWorker.Noted> notes = program.jobs().queue(KilledWorker.Noted.class, note);
      program.open();
      JobId id = program.ask("acme", write -> sends.add(write, new KilledWorker.Sent(1)));
      program.write("acme", write -> notes.add(write, new KilledWorker.Noted(1)));
      Process process = start(postgres.app().toString(), folder);
      try {
        Await.until(
            "both jobs have begun",
            () -> Files.exists(folder.resolve("sent")) && Files.exists(folder.resolve("noted")));
      } finally {
        process.destroyForcibly().waitFor(); // kill -9
      }

      program.startWorker();

      Await.until("both jobs are done", () -> postgres.ask("select note from effect").size() == 2);
      assertThat(postgres.ask("select note from effect"))
          .containsExactlyInAnyOrder("noted", "sent under job:" + id);
      assertThat(postgres.ask("select id from manyfactor.job")).isEmpty();
      assertThat(postgres.ask("select id from manyfactor.run")).isEmpty();
    }
  }

  @Test
  void thePlacesOfAKilledProcessAreFreeAgain(@TempDir Path folder)
      throws IOException, InterruptedException {
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
      Process process = start(postgres.app().toString(), folder);
      try {
        Await.until(
            "both jobs have begun",
            () -> Files.exists(folder.resolve("sent")) && Files.exists(folder.resolve("noted")));
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

  private static Process start(String url, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledWorker.class.getName(),
            url,
            folder.toString())
        .inheritIO()
        .start();
  }
}
