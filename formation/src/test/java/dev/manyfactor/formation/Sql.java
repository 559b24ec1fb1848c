package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// Statements to a database that a formation has made, by the address that it gives to services.
final class Sql {
  private Sql() {}

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row, of which there must be one.
  static String ask(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  static Connection connect(String url) throws SQLException {
    URI address = URI.create(url);
    String[] user = Objects.requireNonNull(address.getUserInfo()).split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + address.getPort() + address.getPath(), user[0], user[1]);
  }
}
