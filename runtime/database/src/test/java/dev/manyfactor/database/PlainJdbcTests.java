package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainJdbcTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();
  private static final Database DATABASE = POSTGRES.open();

  /// Something that adopters do with a connection.
  private interface Use {
    void with(Connection connection) throws SQLException;
  }

  @BeforeAll
  static void tables() {
    POSTGRES.execute(
        "create table item (id int primary key, tenant text)",
        "grant select, insert on item to app");
  }

  @BeforeEach
  void empty() {
    POSTGRES.ask("with gone as (delete from item returning 1) select count(*) from gone");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aLibraryWritesInTheSameTransactionForTheSameTenant() {
    write(PlainJdbcTests::insert);
    assertThat(items()).containsExactly("acme");
  }

  @Test
  void aFailureRollsBackWhatTheLibraryWrote() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  use(write, PlainJdbcTests::insert);
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(items()).isEmpty();
  }

  @Test
  void whatWouldEndTheTransactionIsRefused() {
    List<Use> ends =
        List.of(
            Connection::commit,
            Connection::rollback,
            Connection::close,
            Connection::setSavepoint,
            connection -> connection.setAutoCommit(true),
            connection -> connection.abort(Runnable::run),
            connection -> connection.unwrap(Object.class),
            connection -> connection.createStatement().getConnection().commit(),
            connection -> connection.getMetaData().getConnection().commit(),
            connection ->
                connection
                    .createStatement()
                    .executeQuery("select 1")
                    .getStatement()
                    .getConnection()
                    .commit());
    for (Use end : ends) {
      assertThatThrownBy(() ->
              DATABASE.write(
                  context("acme"),
                  write -> {
                    use(write, PlainJdbcTests::insert);
                    assertThatThrownBy(() -> end.with(write.connection()))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("is refused");
                    return "went on";
                  }))
          .isInstanceOf(DoomedTransactionException.class);
    }
    assertThat(items()).isEmpty();
  }

  @Test
  void aFailureThatTheLibrarySwallowsStillRollsBack() {
    assertThatThrownBy(() ->
            write(connection -> {
              insert(connection);
              assertThatThrownBy(() -> insert(connection)).isInstanceOf(SQLException.class);
            }))
        .isInstanceOf(DoomedTransactionException.class);
    assertThat(items()).isEmpty();
  }

  @Test
  void textThatCommitsIsNoticed() {
    assertThatThrownBy(() ->
            write(connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute("commit");
              }
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leave commit and rollback to the runtime");
  }

  @Test
  void theConnectionIsOfNoUseAfterTheTransaction() {
    var escaped = new AtomicReference<Connection>();
    write(escaped::set);
    assertThatThrownBy(() -> insert(escaped.get())).hasMessageContaining("is over");
  }

  private static void write(Use use) {
    DATABASE.write(
        context("acme"),
        write -> {
          use(write, use);
          return "done";
        });
  }

  private static void use(Write write, Use use) {
    try {
      use.with(write.connection());
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void insert(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into item values (?, current_setting('manyfactor.tenant'))")) {
      statement.setInt(1, 1);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static List<String> items() {
    return POSTGRES.ask("select tenant from item");
  }
}
