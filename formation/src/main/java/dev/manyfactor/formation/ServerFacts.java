package dev.manyfactor.formation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What a PostgreSQL server says of itself and of the role that asks.
///
/// @param version the major version
/// @param mayCreate whether the role may create databases and roles
/// @param durability its settings, for whoever looks
record ServerFacts(int version, boolean mayCreate, String durability) {
  private static final int VERSIONS = 10_000;

  static ServerFacts of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select current_setting('server_version_num')::int,
                       rolsuper or (rolcreatedb and rolcreaterole),
                       'fsync ' || current_setting('fsync')
                         || ' and synchronous_commit ' || current_setting('synchronous_commit')
                from pg_roles where rolname = current_user
                """)) {
      if (!row.next()) {
        throw new SQLException("the role that asks is not in pg_roles");
      }
      return new ServerFacts(row.getInt(1) / VERSIONS, row.getBoolean(2), row.getString(3));
    }
  }
}
