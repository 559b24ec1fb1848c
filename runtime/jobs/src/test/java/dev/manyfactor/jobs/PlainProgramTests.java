package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PlainProgramTests {

  /// It would look by itself only after a minute, longer than it is waited for.
  @Test
  void programWithNothingButJdbcAddsJobsAndRunsThem() throws Exception {
    TestPostgres postgres = TestTables.create();
    String url = postgres.app().toString();
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PlainProgram.class.getName(),
                url,
                url.replaceFirst("postgres://([^@]+)@(.*)", "jdbc:postgresql://$2?user=$1"))
            .inheritIO()
            .start();

    boolean ended = program.waitFor(45, TimeUnit.SECONDS);

    program.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(program.exitValue()).isZero();
    assertThat(postgres.ask("select note from effect order by id"))
        .containsExactly(
            "November has ended",
            "statement of 2026-11 for customer 1",
            "statement of 2026-11 for customer 2",
            "statement of 2026-11 for customer 3");
    assertThat(postgres.ask("select id from manyfactor.job")).isEmpty();
  }
}
