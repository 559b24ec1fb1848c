package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/// Keeps everybody else from writing certain tables of a database for a while, so that whoever
/// wants to stands still there; reading goes on.
///
/// For one thread.
final class Standstill implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()\
      """;

  private final Database database;
  private final Connection connection;

  private Standstill(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /// Before anything of the schema is changed: whoever makes a table writes `pg_class`.
  static Standstill ofTheSchema(Database database) {
    return of(database, Set.of("pg_catalog.pg_class"));
  }

  /// Before these tables are written.
  ///
  /// @param names quoted where they need it
  static Standstill of(Database database, Set<String> names) {
    String tables = String.join(", ", names);
    try {
      Connection connection = database.connect();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("lock table " + tables + " in share mode");
        return new Standstill(database, connection);
      } catch (SQLException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "%s of %s cannot be locked: %s".formatted(tables, database.name(), failure.getMessage()));
    }
  }

  /// Waits until so many sessions wait for a lock, ours or one another's.
  ///
  /// @return how many do in the end, at least or after `patience`
  int awaitWaiting(int wanted, Duration patience) throws InterruptedException {
    int waiting = waiting();
    for (Duration waited = Duration.ZERO;
        waiting < wanted && waited.compareTo(patience) < 0;
        waited = waited.plus(POLL)) {
      Thread.sleep(POLL);
      waiting = waiting();
    }
    return waiting;
  }

  private int waiting() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_stat_clear_snapshot()"); // else a transaction sees no news
      try (ResultSet rows = statement.executeQuery(WAITING)) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "the sessions of %s cannot be seen: %s".formatted(database.name(), failure.getMessage()));
    }
  }

  /// Lets everybody go on.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("a session of our own cannot be closed", failure);
    }
  }
}
