package dev.manyfactor.chaos.loop;

import dev.manyfactor.formation.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A seat at one database, straight at the server and past every proxy, which comes back by itself
/// after a crash. For one thread.
final class Desk implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final String database;
  private @Nullable Connection connection;

  Desk(EmbeddedPostgres server, String database) {
    this.server = server;
    this.database = database;
  }

  /// Asks in a transaction of its own.
  ///
  /// @throws SQLException also when the server is just not there
  boolean givesRows(String query) throws SQLException {
    try (Statement statement = connected().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    } catch (SQLException failure) {
      close();
      throw failure;
    }
  }

  /// Everything that is asked from now on sees the same moment.
  void holdTheMoment() throws SQLException {
    Connection held = connected();
    held.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    held.setReadOnly(true);
    held.setAutoCommit(false);
  }

  /// The first column of each row, as text.
  List<String> column(String query) throws SQLException {
    return rows(query).stream().map(List::getFirst).toList();
  }

  /// Every row, as texts.
  List<List<String>> rows(String query) throws SQLException {
    try (Statement statement = connected().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(rows.getString(column)));
        }
        all.add(List.copyOf(row));
      }
      return all;
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = server.connect(database);
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      // so it is closed
    } finally {
      connection = null;
    }
  }
}
