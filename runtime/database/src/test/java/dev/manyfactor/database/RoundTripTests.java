package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often a transaction waits for the database. One connection, so that nothing else talks.
class RoundTripTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();
  private static final int SERVER_PREPARES_AFTER = 5;
  private static CountingProxy proxy;
  private static Database database;

  @BeforeAll
  static void start() throws IOException {
    POSTGRES.execute("create table item (id int primary key)", "grant insert on item to app");
    proxy = new CountingProxy(TestPostgres.port());
    var url =
        PostgresUrl.parse(
            POSTGRES.app().toString().replace(":" + TestPostgres.port(), ":" + proxy.port()));
    database = POSTGRES.open(DatabaseSettings.of(url).withPoolSize(1));
  }

  @BeforeEach
  void connect() {
    database.read(context("acme"), read -> read.sql("select 1").exists());
    proxy.take();
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    proxy.close();
  }

  @Test
  void aReadIsItsStatementsAndTheEnd() {
    for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
      database.read(
          context("acme"),
          read -> read.sql("select 1").exists() && read.sql("select ?::int", 2).exists());
      assertThat(proxy.take()).isEqualTo(3);
    }
  }

  @Test
  void aWriteIsItsStatementsAndTheCommit() {
    for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
      int id = i;
      database.write(context("acme"), write -> write.update("insert into item values (?)", id));
      assertThat(proxy.take()).isEqualTo(2);
    }
  }

  @Test
  void aWriteWithoutAStatementDoesNotTalk() {
    database.write(context("acme"), write -> "nothing");
    assertThat(proxy.take()).isZero();
  }

  @Test
  void whatIsLeftForTheCommitTravelsWithIt() {
    for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
      int id = 2_000 + i;
      database.write(
          context("acme"),
          write -> {
            write.atCommit("insert into item values (?)", id);
            write.atCommit("insert into item values (?)", 100 + id);
            return true;
          });
      assertThat(proxy.take()).isEqualTo(1);
    }
  }

  @Test
  void openingThatGoesOutAloneIsOneRoundTripWhateverItGives() {
    var opening =
        Opening.alone(
                Statement.of(
                    "select repeat('x', ?) as x from set_config('transaction_timeout', '9000', true)",
                    9_000),
                row -> row.text("x"))
            .withSavepoint();
    for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
      int id = 3_000 + i;
      try (var bracket = database.begin(context("acme"), opening)) {
        assertThat(proxy.take()).isEqualTo(1);
        bracket.run(write -> write.update("insert into item values (?)", id));
        assertThat(proxy.take()).isEqualTo(1);
        bracket.commitWith(Statement.of("select 1 as x"), row -> row.int32("x"));
        assertThat(proxy.take()).isEqualTo(1);
      }
    }
  }

  @Test
  void openingAndClosingStatementsTravelWithBeginAndCommit() {
    var opening =
        Opening.rows(
            Statement.of("select pg_try_advisory_xact_lock(?) as locked", 7L),
            row -> row.bool("locked"));
    for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
      try (var bracket = database.begin(context("acme"), opening.withSavepoint())) {
        assertThat(bracket.opened()).containsExactly(true);
        assertThat(proxy.take()).isEqualTo(1);
        bracket.commit(Statement.of("insert into item values (?)", 1_000 + i));
        assertThat(proxy.take()).isEqualTo(1);
      }
    }
    assertThat(proxy.take()).isZero();
  }
}
