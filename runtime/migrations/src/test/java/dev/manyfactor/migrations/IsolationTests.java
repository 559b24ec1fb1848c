package dev.manyfactor.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What keeps tenants apart, and what the serving role may do.
@Timeout(60)
class IsolationTests {
  @TempDir Path directory;
  private final Project project = new Project();

  @BeforeEach
  void start() {
    project.in(directory);
  }

  @Test
  void theServingRoleMayUseRowsAndNothingElse() {
    project.apply(
        project
            .folder()
            .with(
                "0001.expand.make.sql",
                Folder.table("payment")
                    + "alter table payment add counter int generated always as identity"));
    try (var database = project.postgres().open()) {
      int rows =
          database.write(
              TestPostgres.context("acme"),
              write ->
                  write.update("insert into payment values ('acme', 1)")
                      + write.update("update payment set id = 2")
                      + write.update("delete from payment"));
      assertThat(rows).isEqualTo(3);
      for (String statement :
          List.of(
              "create table other (id int)",
              "drop table payment",
              "alter table payment no force row level security",
              "truncate payment",
              "create table manyfactor.other (id int)",
              "delete from manyfactor.migration",
              "update manyfactor.stamp set service = 'x'")) {
        assertThatThrownBy(() ->
                database.write(TestPostgres.context("acme"), write -> write.update(statement)))
            .isInstanceOfSatisfying(
                StatementException.class,
                refusal -> assertThat(refusal.state()).isEqualTo("42501"));
      }
    }
  }

  @Test
  void declaredRightsAreGranted() {
    project.apply(
        project
            .folder()
            .with(
                "0001.expand.make.sql",
                Folder.table("payment") + "-- grant: truncate on public.payment\n"));
    try (var database = project.postgres().open()) {
      database.write(TestPostgres.context("acme"), write -> write.update("truncate payment"));
    }
  }

  @Test
  void theOwnerMayServeItself() {
    var migrations =
        project.migrations(project.folder().with("0001.expand.make.sql", Folder.table("payment")));
    assertThat(
            migrations.apply(
                project.postgres().owner(), project.postgres().owner(), project.lines()::add))
        .isEqualTo(1);
    try (var database = project.postgres().open(DatabaseSettings.of(project.postgres().owner()))) {
      database.write(
          TestPostgres.context("acme"),
          write -> write.update("insert into payment values ('acme', 1)"));
      boolean seen =
          database.read(
              TestPostgres.context("umbrella"), read -> read.sql("select 1 from payment").exists());
      assertThat(seen).isFalse();
    }
  }

  @Test
  void aTableThatDoesNotKeepTenantsApartIsRefused() {
    assertRefused("create table payment (id int)", "the table payment does not keep tenants apart");
    assertRefused(
        "create table payment (tenant text); alter table payment enable row level security;"
            + " create policy tenant on payment"
            + " using (tenant = current_setting('manyfactor.tenant', true))",
        "force row level security");
    assertRefused(
        "create table payment (tenant text); alter table payment enable row level security;"
            + " alter table payment force row level security",
        "the table payment does not keep tenants apart");
    assertRefused(
        Folder.table("payment") + "create policy open on payment using (true)",
        "the policy open of the table payment does not mention manyfactor.tenant");
    assertRefused(
        Folder.table("payment") + "create materialized view total as select 1 as one",
        "the table total does not keep tenants apart; it cannot, so declare it");
    assertThat(project.postgres().ask("select to_regclass('payment')")).containsExactly("null");
  }

  @Test
  void aTableMayBeDeclaredShared() {
    var folder =
        project
            .folder()
            .with("0001.expand.make.sql", "-- shared: currency\ncreate table currency (code text)")
            .with("0002.expand.more.sql", Folder.table("payment"))
            .with("0003.contract.drop.sql", "drop table currency");
    assertThat(project.apply(folder)).isEqualTo(3);
  }

  @Test
  void aDeclarationWithoutItsTableIsRefused() {
    assertRefused(
        "-- shared: curency\n-- shared: currency\ncreate table currency (code text)",
        "\"-- shared: curency\" names no table of public");
  }

  @Test
  void aServingRoleThatIsMissingOrMayDoTooMuchIsRefused() {
    var migrations =
        project.migrations(project.folder().with("0001.expand.make.sql", Folder.table("payment")));
    var nobody = PostgresUrl.parse(project.postgres().app().toString().replace("app@", "nobody@"));
    assertThatThrownBy(
            () -> migrations.apply(project.postgres().owner(), nobody, project.lines()::add))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("the role nobody of DATABASE_URL does not exist");
    project.postgres().superuserExecute("grant create on schema public to app");
    assertThatThrownBy(() ->
            migrations.apply(
                project.postgres().owner(), project.postgres().app(), project.lines()::add))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("run: revoke create on schema public from public, app");
  }

  private void assertRefused(String sql, String message) {
    var folder = project.folder().with("0001.expand.make.sql", sql);
    assertThatThrownBy(() -> project.apply(folder))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("service 0001.expand.make.sql: ")
        .hasMessageContaining(message);
  }
}
