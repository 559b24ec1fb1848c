package dev.manyfactor.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the role that serves may do: rows, and nothing else.
final class ServingRole {
  private final Connection connection;
  private final String name;

  ServingRole(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /// Why the role could not be served with, each with its remedy.
  List<String> problems() throws SQLException {
    String sql =
        "select has_schema_privilege(oid, 'public', 'create') from pg_roles where rolname = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return List.of(missing());
        }
        return rows.getBoolean(1) ? List.of(mayCreate()) : List.of();
      }
    }
  }

  private String missing() {
    return "the role "
        + name
        + " of DATABASE_URL does not exist; create it: create role "
        + name
        + " login nosuperuser nobypassrls";
  }

  private String mayCreate() {
    return "the role "
        + name
        + " of DATABASE_URL may change the schema public, which is for the owner alone; run: revoke"
        + " create on schema public from public, "
        + name;
  }

  /// Lets the role see what has been applied, so that it can say what is missing.
  void grantLedger() throws SQLException {
    String role = quoted();
    execute("grant usage on schema public, manyfactor to " + role);
    execute("grant select on manyfactor.migration, manyfactor.stamp to " + role);
  }

  /// Gives the role its rights on the service's tables, and those that modules have declared.
  void grant(Set<String> declared) throws SQLException {
    String role = quoted();
    execute("grant select, insert, update, delete on all tables in schema public to " + role);
    execute("grant usage, select on all sequences in schema public to " + role);
    for (String right : new TreeSet<>(declared)) {
      execute("grant " + right + " to " + role);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String quoted() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select quote_ident(?)")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
