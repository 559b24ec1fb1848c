package dev.manyfactor.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Whether a server and a role are such that the promises of this module hold.
final class ServerCheck {
  private static final int OLDEST_VERSION = 150_000;
  private static final String SQL =
      """
      select current_setting('server_version_num')::int as version, current_user as role,
          rolsuper as is_super, rolbypassrls as bypasses
        from pg_roles where rolname = current_user
      """;

  private ServerCheck() {}

  static List<String> problems(Connection connection) {
    try (connection;
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      return problems(row);
    } catch (SQLException failure) {
      throw new DatabaseUnavailableException(
          DatabaseUnavailableException.Reason.CONNECTION_LOST,
          "the database could not be asked about its role: " + failure.getMessage(),
          failure);
    }
  }

  private static List<String> problems(ResultSet row) throws SQLException {
    var problems = new ArrayList<String>();
    String role = row.getString("role");
    if (row.getInt("version") < OLDEST_VERSION) {
      problems.add(
          "the server is PostgreSQL "
              + row.getInt("version") / 10_000
              + ", but 15 is the oldest that is supported; upgrade it");
    }
    if (row.getBoolean("is_super")) {
      problems.add(
          "the role "
              + role
              + " of DATABASE_URL is a superuser, whom row-level security does not bind; serve with"
              + " an ordinary role (create role app login nosuperuser nobypassrls)");
    } else if (row.getBoolean("bypasses")) {
      problems.add(
          "the role "
              + role
              + " of DATABASE_URL may bypass row-level security; run: alter role "
              + role
              + " nobypassrls");
    }
    return List.copyOf(problems);
  }
}
