package dev.manyfactor.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MigrationsTests {
  @TempDir Path directory;
  private final Project project = new Project();

  @BeforeEach
  void start() {
    project.in(directory);
  }

  @Test
  void filesAreAppliedOnceAndInOrder() {
    var folder =
        project
            .folder()
            .with("0001.expand.make.sql", Folder.table("payment"))
            .with("0002.backfill.fill.sql", "alter table payment add note text");
    assertThat(project.apply(folder)).isEqualTo(2);
    assertThat(project.apply(folder)).isZero();
    folder.with("0003.contract.drop.sql", "alter table payment drop note");
    assertThat(project.apply(folder)).isEqualTo(1);
    assertThat(
            project
                .postgres()
                .ask(
                    "select set || ' ' || number || ' ' || phase || ' ' || name || ' ' || release"
                        + " from manyfactor.migration order by number"))
        .containsExactly(
            "service 1 expand 0001.expand.make.sql abc123",
            "service 2 backfill 0002.backfill.fill.sql abc123",
            "service 3 contract 0003.contract.drop.sql abc123");
    assertThat(project.lines())
        .containsExactly(
            "applying service 0001.expand.make.sql",
            "applying service 0002.backfill.fill.sql",
            "applied 2 of 2 migrations",
            "nothing to apply: the schema has all 2 migrations",
            "applying service 0003.contract.drop.sql",
            "applied 1 of 3 migrations");
  }

  @Test
  void bodiesCommentsAndPoliciesMayHoldSemicolons() {
    project.apply(
        project
            .folder()
            .with(
                "0001.expand.make.sql",
                """
                -- a comment; with a semicolon and a ? mark
                create table payment (tenant text not null, id int, note text default 'a;b?');
                /* another; one */
                do $$ begin
                  alter table payment enable row level security;
                  alter table payment force row level security;
                end $$;
                create policy tenant on payment
                  using (tenant = current_setting('manyfactor.tenant', true));
                create function twice(i int) returns int language sql
                  begin atomic select i; select i * 2; end;
                create function touch() returns trigger language plpgsql as $body$
                begin
                  new.id := twice(new.id); -- it's so;
                  return new;
                end
                $body$;
                create trigger touch before insert on payment
                  for each row execute function touch();
                """));
    assertThat(project.postgres().ask("select tgname from pg_trigger where tgname = 'touch'"))
        .hasSize(1);
  }

  @Test
  void aFailingStatementIsNamedWithFileAndLineAndLeavesNothing() {
    var folder =
        project
            .folder()
            .with("0001.expand.make.sql", Folder.table("payment"))
            .with(
                "0002.expand.wrong.sql",
                "create table other (id int);\n\n-- why\nalter table payment\n  add nonsense nothing;\n");
    assertThatThrownBy(() -> project.apply(folder))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(
            "service 0002.expand.wrong.sql, line 5: type \"nothing\" does not exist")
        .hasMessageContaining("nothing of this file was applied");
    assertThat(project.postgres().ask("select to_regclass('other')")).containsExactly("null");
    assertThat(project.status(folder).pending())
        .extracting(Status.Entry::file)
        .containsExactly("0002.expand.wrong.sql");
    folder.with("0002.expand.wrong.sql", "alter table payment add sense text");
    assertThat(project.apply(folder)).isEqualTo(1);
  }

  @Test
  void aServerThatLacksSpaceIsToldFromAFileThatIsWrong() {
    var folder =
        project
            .folder()
            .with(
                "0001.expand.make.sql",
                "do $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;");
    assertThatThrownBy(() -> project.apply(folder))
        .hasMessageContaining("give the server what it lacks and run migrate again")
        .isInstanceOfSatisfying(
            MigrationException.class,
            lacking -> assertThat(lacking.isForLackOfResources()).isTrue());
    folder.with("0001.expand.make.sql", "select nonsense");
    assertThatThrownBy(() -> project.apply(folder))
        .isInstanceOfSatisfying(
            MigrationException.class, wrong -> assertThat(wrong.isForLackOfResources()).isFalse());
  }

  @Test
  void whatCannotBePartOfATransactionIsSaid() {
    var folder =
        project
            .folder()
            .with(
                "0001.expand.make.sql",
                Folder.table("payment") + "create index concurrently payment_id on payment (id)");
    assertThatThrownBy(() -> project.apply(folder))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("CREATE INDEX CONCURRENTLY cannot run inside a transaction block")
        .hasMessageContaining("leave out concurrently");
  }

  @Test
  void aFileThatWasChangedAfterItWasAppliedIsRefused() {
    var folder = project.folder().with("0001.expand.make.sql", Folder.table("payment"));
    project.apply(folder);
    folder
        .with("0001.expand.make.sql", Folder.table("payment") + "-- changed")
        .with("0002.expand.more.sql", "alter table payment add more text");
    assertThatThrownBy(() -> project.apply(folder))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("service 0001.expand.make.sql was changed after release abc123")
        .hasMessageContaining("put the change into a new file");
    assertThat(project.readiness(folder)).isInstanceOf(Readiness.Foreign.class);
  }

  @Test
  void aDatabaseOfAnotherServiceOrDeploymentIsRefused() {
    var folder = project.folder().with("0001.expand.make.sql", Folder.table("payment"));
    project.apply(folder);
    for (Release other :
        List.of(new Release("cards", "abc123", "dev"), new Release("payments", "abc123", "prod"))) {
      var migrations = new Migrations(List.of(folder.set()), other, Project.SHORT);
      String names =
          "the database belongs to service payments in deployment dev, but this is "
              + other.service()
              + " in "
              + other.deployment();
      assertThatThrownBy(() ->
              migrations.apply(
                  project.postgres().owner(), project.postgres().app(), project.lines()::add))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(names);
      assertThat(project.readiness(migrations))
          .isInstanceOfSatisfying(
              Readiness.Foreign.class, foreign -> assertThat(foreign.message()).contains(names));
    }
  }

  @Test
  void theServingRoleCanAskWhetherTheSchemaIsOldEnough() {
    var folder = project.folder().with("0001.expand.make.sql", Folder.table("payment"));
    assertBehind(folder, "service is at 0 of 1");
    project.apply(folder);
    assertThat(project.readiness(folder)).isEqualTo(new Readiness.Ready());
    folder.with("0002.expand.more.sql", "alter table payment add more text");
    assertBehind(folder, "service is at 1 of 2");
    assertThat(project.status(folder).migrations())
        .extracting(entry -> entry.file() + entry.appliedAt().isPresent())
        .containsExactly("0001.expand.make.sqltrue", "0002.expand.more.sqlfalse");
  }

  @Test
  void aNewerSchemaIsNoObstacleForAnOlderRelease() {
    project.apply(
        project
            .folder()
            .with("0001.expand.make.sql", Folder.table("payment"))
            .with("0002.expand.more.sql", "alter table payment add more text"));
    var older =
        new Folder(directory.resolve("older"))
            .with("0001.expand.make.sql", Folder.table("payment"));
    assertThat(project.readiness(older)).isEqualTo(new Readiness.Ready());
    assertThat(project.apply(older)).isZero();
  }

  @Test
  void twoAddressesMustNameOneDatabase() {
    var migrations = project.migrations(project.folder());
    var elsewhere = TestPostgres.create().app();
    assertThatThrownBy(
            () -> migrations.apply(project.postgres().owner(), elsewhere, project.lines()::add))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("give both the same one");
  }

  private void assertBehind(Folder folder, String progress) {
    assertThat(project.readiness(folder))
        .isEqualTo(
            new Readiness.Behind(
                "the schema is older than this release needs: "
                    + progress
                    + "; run: java -jar payments.jar migrate"));
  }
}
