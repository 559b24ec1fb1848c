package dev.manyfactor.jobs;

import dev.manyfactor.database.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// A session of a scene: a transaction of plain JDBC that is driven step by step.
final class JdbcSession implements AutoCloseable {
  private final Connection connection;

  private JdbcSession(Connection connection) {
    this.connection = connection;
  }

  /// One of the serving role, in a transaction.
  static JdbcSession serving(TestPostgres postgres) throws SQLException {
    var session = new JdbcSession(postgres.app().connect("scene"));
    session.ask("select set_config('manyfactor.tenant', 'acme', false)");
    session.connection.setAutoCommit(false);
    return session;
  }

  /// One that sees and may do everything, without transactions.
  static JdbcSession watching(TestPostgres postgres) throws SQLException {
    return new JdbcSession(postgres.superuser().connect("watching"));
  }

  Connection connection() {
    return connection;
  }

  int pid() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  /// The first column of what a statement gives; nothing if it gives no rows.
  List<String> ask(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var answers = new ArrayList<String>();
      if (statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            answers.add(rows.getString(1));
          }
        }
      }
      return answers;
    }
  }

  void effect() throws SQLException {
    ask("insert into effect (tenant, note) values ('acme', 'done')");
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
