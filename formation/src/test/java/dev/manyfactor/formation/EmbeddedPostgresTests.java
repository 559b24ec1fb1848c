package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTests {
  @TempDir Path directory;

  @Test
  void dataAndAddressesOutliveARestart() throws Exception {
    ServiceDatabase first;
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.OFF)) {
      first = postgres.createDatabase("orders");
      Sql.execute(first.ownerUrl(), "create table t as select 42 as answer");
    }
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.OFF)) {
      ServiceDatabase second = postgres.createDatabase("orders");
      assertThat(second.ownerUrl()).isEqualTo(first.ownerUrl());
      assertThat(Sql.ask(second.ownerUrl(), "select answer from t")).isEqualTo("42");
    }
  }

  @Test
  void aCrashCutsSessionsAndNothingThatWasCommittedIsLost() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.ON)) {
      String url = postgres.createDatabase("orders").ownerUrl();
      int port = postgres.port();
      Sql.execute(url, "create table t (answer int)");
      try (Connection session = Sql.connect(url)) {
        Sql.execute(url, "insert into t values (42)");
        assertThat(postgres.crash()).isTrue();
        assertThat(postgres.onExit()).isNotDone(); // it was asked for
        assertThat(session.isValid(5)).isFalse();
      }
      assertThatThrownBy(() -> Sql.ask(url, "select 1")).hasMessageContaining("refused");

      postgres.startAgain();
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(Sql.ask(url, "select answer from t")).isEqualTo("42");
      assertThat(Files.readString(directory.resolve("postgres.log")))
          .contains("was not properly shut down");

      postgres.kill();
      assertThat(postgres.onExit().get(30, TimeUnit.SECONDS)).isNotZero(); // it was not
    }
  }

  @Test
  void rolesAreOrdinaryAndTheServingRoleChangesNoSchema() throws Exception {
    ServiceDatabase database = EmbeddedPostgres.shared(18).createDatabase("roles");
    for (String url : new String[] {database.ownerUrl(), database.servingUrl()}) {
      String rights =
          "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where"
              + " rolname = current_user";
      assertThat(Sql.ask(url, rights)).isEqualTo("f");
    }
    assertThatThrownBy(() -> Sql.execute(database.servingUrl(), "create table t (id int)"))
        .hasMessageContaining("permission denied for schema public");
  }

  @Test
  void aRoleDoesNotEnterTheDatabaseOfAnotherService() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared(18);
    ServiceDatabase mine = postgres.createDatabase("mine");
    postgres.createDatabase("yours");
    assertThatThrownBy(() -> Sql.ask(mine.servingUrl().replaceAll("/mine$", "/yours"), "select 1"))
        .hasMessageContaining("permission denied for database \"yours\"");
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    ServiceDatabase database = EmbeddedPostgres.shared(18).createDatabase("guarded");
    String guessed = database.servingUrl().replaceFirst(":[^:@/]+@", ":guess@");
    assertThatThrownBy(() -> Sql.ask(guessed, "select 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void durabilityAndTheConnectionCheckAreSetAsAsked() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.ON)) {
      String url = postgres.createDatabase("durable").servingUrl();
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(Sql.ask(url, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(Sql.ask(url, "show client_connection_check_interval")).isEqualTo("200ms");
    }
    String relaxed = EmbeddedPostgres.shared(18).createDatabase("relaxed").servingUrl();
    assertThat(Sql.ask(relaxed, "show fsync")).isEqualTo("off");
  }

  @Test
  void anotherMajorVersionIsAnErrorThatNamesTheOneThereIs() {
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 17, Durability.OFF))
        .isInstanceOf(FormationException.class)
        .hasMessageContaining("PostgreSQL 17 is asked for, but this mf brings version 18 only");
  }

  @Test
  void committedRowsSurviveAKill() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.ON)) {
      ServiceDatabase database = postgres.createDatabase("ledger");
      Sql.execute(database.ownerUrl(), "create table t as select 7 as n");
      postgres.kill();
      postgres.onExit().get(30, TimeUnit.SECONDS);
    }
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.ON)) {
      String url = postgres.createDatabase("ledger").ownerUrl();
      assertThat(Sql.ask(url, "select n from t")).isEqualTo("7");
    }
  }

  @Test
  void passwordsAreInAFileThatOnlyItsOwnerReads() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.OFF)) {
      postgres.createDatabase("orders");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("secrets.json"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "secrets.json", "postgres.log");
    }
  }

  @Test
  void aServerThatAnEarlierSupervisorLeftIsEndedBeforeTheNextStarts() throws Exception {
    EmbeddedPostgres abandoned = EmbeddedPostgres.start(directory, 18, Durability.OFF);
    try (var next = EmbeddedPostgres.start(directory, 18, Durability.OFF)) {
      abandoned.onExit().get(30, TimeUnit.SECONDS);
      assertThat(next.handle().isAlive()).isTrue();
    }
  }

  @Test
  void aCopyHasTheRowsAndTheRolesOfItsOriginalAndALifeOfItsOwn() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared(18);
    ServiceDatabase original = postgres.createDatabase("original");
    Sql.execute(original.ownerUrl(), "create table t as select 1 as n");
    Sql.execute(original.ownerUrl(), "grant select, insert on t to original");
    ServiceDatabase copy = postgres.copyDatabase(original, "original_copy");
    Sql.execute(copy.servingUrl(), "insert into t values (2)");
    Sql.execute(copy.ownerUrl(), "alter table t add m int");
    assertThat(Sql.ask(copy.servingUrl(), "select count(*) from t")).isEqualTo("2");
    assertThat(Sql.ask(original.servingUrl(), "select count(*) from t")).isEqualTo("1");
    ServiceDatabase other = postgres.createDatabase("other");
    assertThatThrownBy(
            () -> Sql.ask(other.servingUrl().replaceAll("/other$", "/original_copy"), "select 1"))
        .hasMessageContaining("permission denied for database \"original_copy\"");

    postgres.dropDatabase(copy.name());
    assertThatThrownBy(() -> postgres.connect(copy.name())).hasMessageContaining("does not exist");
    assertThat(Sql.ask(original.servingUrl(), "select count(*) from t")).isEqualTo("1");
  }

  @Test
  void aDatabaseThatSomebodyUsesIsNotCopied() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared(18);
    ServiceDatabase used = postgres.createDatabase("used");
    try (var session = postgres.connect("used")) {
      assertThat(session.isValid(5)).isTrue();
      assertThatThrownBy(() -> postgres.copyDatabase(used, "used_copy"))
          .isInstanceOf(FormationException.class)
          .hasMessageContaining("\"used\" cannot be copied to \"used_copy\"")
          .hasMessageContaining("being accessed by other users");
    }
    assertThat(postgres.copyDatabase(used, "used_copy").name()).isEqualTo("used_copy");
  }

  @Test
  void aSessionOfTheSuperuserSeesEveryRow() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared(18);
    Sql.execute(postgres.createDatabase("watched").ownerUrl(), "create table t as select 1 as n");
    try (var session = postgres.connect("watched");
        var statement = session.createStatement();
        var rows = statement.executeQuery("select current_user, n from t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("postgres");
    }
  }

  @Test
  void aDroppedDatabaseIsGoneWithItsRoles() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared(18);
    ServiceDatabase database = postgres.createDatabase("dropped");
    Sql.execute(database.ownerUrl(), "create table t (id int)");
    postgres.dropDatabase("dropped");
    assertThatThrownBy(() -> Sql.ask(database.ownerUrl(), "select 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void rootWithoutUserNamespacesRunsTheServerAsNobody() throws Exception {
    assumeTrue(Account.isRoot(), "only root can lower its rights");
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.OFF, Account.lowered())) {
      assertThat(Files.getAttribute(Path.of("/proc/" + postgres.handle().pid()), "unix:uid"))
          .isEqualTo(65534);
      Sql.execute(postgres.createDatabase("orders").ownerUrl(), "create table t (id int)");
    }
    // and back: the files change their owner with the account
    try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.OFF)) {
      assertThat(Sql.ask(postgres.createDatabase("orders").ownerUrl(), "select count(*) from t"))
          .isEqualTo("0");
    }
  }
}
