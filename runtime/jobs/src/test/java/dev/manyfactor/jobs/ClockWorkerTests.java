package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that live by the database's clock.
class ClockWorkerTests {
  private static final LeasedJob<ClockWorker.Held> WRITE =
      (call, held) ->
          call.<Boolean>write(write -> {
            TestProgram.effect(write, "taken over as " + held.number());
            return true;
          });

  @Test
  void jobsOfFrozenAndKilledProcessRunElsewhereAndTheFrozenOneEndsThemItself(@TempDir Path folder)
      throws Exception {
    TestPostgres postgres = TestTables.create();
    JobsSettings settings = JobsSettings.DEFAULT.withLiveness(Liveness.CLOCK);
    try (var program = new TestProgram(postgres.open(), settings, new TestClock())) {
      Queue<ClockWorker.Held> queue = program.jobs().queue(ClockWorker.Held.class, WRITE);
      program.open();
      program.write("acme", write -> queue.add(write, new ClockWorker.Held(1)));
      program.write("acme", write -> queue.add(write, new ClockWorker.Held(2)));
      Process frozen = OtherProcess.start(ClockWorker.class, postgres, folder);
      Process killed = OtherProcess.start(ClockWorker.class, postgres, folder);
      try {
        Await.begun(file(folder, "begun", frozen));
        Await.begun(file(folder, "begun", killed));
        program.startWorker();
        signal("STOP", frozen);
        killed.destroyForcibly().waitFor();

        Await.until(
            "both jobs ran here", () -> postgres.ask("select note from effect").size() == 2);
        signal("CONT", frozen);
        Await.begun(file(folder, "interrupted", frozen));
        Await.begun(file(folder, "ended", frozen));
      } finally {
        killed.destroyForcibly();
        frozen.destroyForcibly().waitFor();
      }
      assertThat(postgres.ask("select note from effect"))
          .containsExactlyInAnyOrder("taken over as 1", "taken over as 2");
      assertThat(postgres.ask("select id from manyfactor.run")).isEmpty();
    }
  }

  private static Path file(Path folder, String what, Process process) {
    return folder.resolve(what + '-' + process.pid());
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isZero();
    Await.pause(Duration.ofMillis(1));
  }
}
