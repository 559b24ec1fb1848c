package dev.manyfactor.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFilesTests {
  @TempDir Path directory;

  @Test
  void filesAreReadInOrderFromADirectoryAndFromAJar() throws IOException {
    var folder =
        new Folder(directory)
            .with("0002.backfill.fill.sql", "select 2")
            .with("0001.expand.make.sql", "select 1")
            .with("0003.contract.drop_old.sql", "select 3");
    for (MigrationSet set : List.of(folder.set(), folder.setInJar())) {
      assertThat(MigrationFiles.of(List.of(set)))
          .extracting(MigrationFile::title, MigrationFile::phase, MigrationFile::text)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "service 0001.expand.make.sql", Phase.EXPAND, "select 1"),
              org.assertj.core.groups.Tuple.tuple(
                  "service 0002.backfill.fill.sql", Phase.BACKFILL, "select 2"),
              org.assertj.core.groups.Tuple.tuple(
                  "service 0003.contract.drop_old.sql", Phase.CONTRACT, "select 3"));
    }
  }

  @Test
  void folderThatIsOnTheClassPathTwiceIsReadOnce() throws IOException {
    var folder = new Folder(directory).with("0001.expand.make.sql", "select 1");

    assertThat(MigrationFiles.of(List.of(folder.setTwice()))).hasSize(1);
  }

  @Test
  void filesOfOneNumberWithDifferentContentAreAProblem() throws IOException {
    var folder = new Folder(directory).with("0001.expand.make.sql", "select 1");
    MigrationSet set = folder.setTwice();
    folder.with("0001.expand.make.sql", "select 2");

    assertThatExceptionOfType(MigrationException.class)
        .isThrownBy(() -> MigrationFiles.of(List.of(set)))
        .withMessageContaining("same number");
  }

  @Test
  void aServiceMayHaveNoMigrations() {
    assertThat(MigrationFiles.of(List.of(new Folder(directory).set()))).isEmpty();
  }

  @Test
  void everyProblemOfEveryFileIsReportedAtOnce() {
    new Folder(directory)
        .with("0001.expand.make.sql", "begin;\nselect 1;\n-- why\ncommit")
        .with("0002.extend.typo.sql", "select 1")
        .with(
            "0003.expand.gap.sql", "-- shared: Two Words\n-- grant: all on manyfactor.x\nselect 1")
        .with("0003.expand.twice.sql", "select 1")
        .with("0004.expand.latin.sql", new byte[] {(byte) 0xe4, ' '})
        .with("README.md", "hello");
    assertThat(problems())
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .startsWith("service 0001.expand.make.sql, line 1: begin is refused"),
            problem ->
                assertThat(problem)
                    .startsWith("service 0001.expand.make.sql, line 4: commit is refused"),
            problem ->
                assertThat(problem).startsWith("service 0002.extend.typo.sql is not named NNNN."),
            problem ->
                assertThat(problem)
                    .startsWith("service 0003.expand.gap.sql should have the number 0002"),
            problem -> assertThat(problem).contains("\"-- shared: two words\" must name one table"),
            problem -> assertThat(problem).contains("\"-- grant: all on manyfactor.x\""),
            problem ->
                assertThat(problem)
                    .startsWith(
                        "service 0003.expand.twice.sql has the same number as 0003.expand.gap"),
            problem -> assertThat(problem).startsWith("service 0004.expand.latin.sql is not UTF-8"),
            problem -> assertThat(problem).startsWith("service README.md is not named NNNN."));
  }

  @Test
  void aModuleWithoutItsFilesIsAProblem() {
    var set = MigrationSet.ofModule("nowhere", MigrationFilesTests.class);
    var failure =
        catchThrowableOfType(MigrationException.class, () -> MigrationFiles.of(List.of(set)));
    assertThat(failure.problems())
        .containsExactly("the set nowhere has no files in META-INF/manyfactor/migrations/nowhere");
  }

  @Test
  void theChecksumIsThatOfTheTextWhateverTheLineEnds() {
    String unix = checksum(new Folder(directory.resolve("a")), "select 1;\nselect 2;\n");
    String windows = checksum(new Folder(directory.resolve("b")), "select 1;\r\nselect 2;\r\n");
    String other = checksum(new Folder(directory.resolve("c")), "select 1;\nselect 3;\n");
    assertThat(unix).isEqualTo(windows).isNotEqualTo(other).hasSize(64);
  }

  @Test
  void declarationsAreLinesOfTheirOwn() {
    new Folder(directory)
        .with(
            "0001.expand.make.sql",
            """
            -- shared: currency
            -- shared:  country\s
            select '-- shared: no';
            -- grant: select, insert on manyfactor.thing
            """);
    MigrationFile file = MigrationFiles.of(List.of(new Folder(directory).set())).getFirst();
    assertThat(file.sharedTables()).containsExactlyInAnyOrder("currency", "country");
    assertThat(file.grants()).containsExactly("select, insert on manyfactor.thing");
  }

  private static String checksum(Folder folder, String sql) {
    var set = folder.with("0001.expand.make.sql", sql).set();
    return MigrationFiles.of(List.of(set)).getFirst().checksum();
  }

  private List<String> problems() {
    return catchThrowableOfType(
            MigrationException.class, () -> MigrationFiles.of(List.of(new Folder(directory).set())))
        .problems();
  }
}
