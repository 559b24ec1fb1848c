package dev.manyfactor.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several runners, and tables in use.
@Timeout(60)
class ContentionTests {
  @TempDir Path directory;
  private final Project project = new Project();

  @BeforeEach
  void start() {
    project.in(directory);
  }

  @Test
  void twoRunnersApplyEveryFileOnce() throws Exception {
    var folder =
        project
            .folder()
            .with("0001.expand.make.sql", "select pg_sleep(1);\n" + Folder.table("payment"))
            .with("0002.expand.more.sql", "alter table payment add more text");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 3; i++) {
        runs.add(threads.submit(() -> project.apply(folder)));
      }
      int applied = 0;
      for (Future<Integer> run : runs) {
        applied += run.get();
      }
      assertThat(applied).isEqualTo(2);
    }
    assertThat(project.lines())
        .anyMatch(line -> line.startsWith("waiting for another migrate: backend "));
    assertThat(project.lines()).anyMatch(line -> line.contains("(payments migrate, since "));
    assertThat(project.postgres().ask("select count(*) from manyfactor.migration"))
        .containsExactly("2");
  }

  @Test
  void aRunnerThatNeverEndsIsNamed() throws SQLException {
    var hasty =
        new Patience(
            Duration.ofMillis(100),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(300));
    var migrations =
        new Migrations(
            List.of(project.folder().with("0001.expand.make.sql", Folder.table("payment")).set()),
            Project.RELEASE,
            hasty);
    try (Connection other = project.postgres().owner().connect("somebody else")) {
      execute(other, "select pg_advisory_lock(x'6d616e7966616374'::bigint)");
      assertThatThrownBy(() ->
              migrations.apply(
                  project.postgres().owner(), project.postgres().app(), project.lines()::add))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("another migrate still runs")
          .hasMessageContaining("(somebody else, since ");
    }
  }

  @Test
  void aTableInUseIsWaitedForWithoutHoldingOthersUp() throws Exception {
    var folder = project.folder().with("0001.expand.make.sql", Folder.table("payment"));
    project.apply(folder);
    folder.with("0002.expand.more.sql", "alter table payment add more text");
    try (Connection reader = project.postgres().app().connect("reader");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      reader.setAutoCommit(false);
      execute(reader, "select * from payment");
      Future<Integer> run = threads.submit(() -> project.apply(folder));
      while (project.lines().stream().noneMatch(line -> line.startsWith("a table is in use"))) {
        LockSupport.parkNanos(1_000_000);
      }
      reader.rollback();
      assertThat(run.get()).isEqualTo(1);
    }
    assertThat(project.lines())
        .anyMatch(line -> line.contains("0002.expand.more.sql is tried again in"));
  }

  @Test
  void aTableThatStaysInUseIsGivenUp() throws SQLException {
    var folder = project.folder().with("0001.expand.make.sql", Folder.table("payment"));
    project.apply(folder);
    folder.with("0002.expand.more.sql", "alter table payment add more text");
    var hasty =
        new Patience(
            Duration.ofMillis(50),
            3,
            Duration.ofMillis(2),
            Duration.ofMillis(2),
            Duration.ofSeconds(30));
    try (Connection reader = project.postgres().app().connect("reader")) {
      reader.setAutoCommit(false);
      execute(reader, "select * from payment");
      var migrations = new Migrations(List.of(folder.set()), Project.RELEASE, hasty);
      assertThatThrownBy(() ->
              migrations.apply(
                  project.postgres().owner(), project.postgres().app(), project.lines()::add))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("stayed in use over 3 attempts");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
