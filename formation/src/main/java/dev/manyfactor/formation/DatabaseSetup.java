package dev.manyfactor.formation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes the roles and the database of a service, as the superuser.
///
/// Names are checked by the caller to be plain identifiers and passwords are our own random
/// letters, so that the statements, which take no parameters in SQL, can be put together from them.
///
/// @param connection to the database `postgres`, committing by itself
record DatabaseSetup(Connection connection, ClusterSecrets secrets) {
  private static final String ORDINARY =
      "login nosuperuser nobypassrls nocreatedb nocreaterole noreplication";

  /// The roles, the database that belongs to `owner`, and for the serving role the right to
  /// connect.
  void create(String name, String owner) throws SQLException {
    createRole(owner);
    createRole(name);
    if (!exists("select 1 from pg_database where datname = ?", name)) {
      run("create database \"%s\" owner \"%s\"".formatted(name, owner));
    }
    let(name, name);
  }

  /// A copy that belongs to the owner of the original, and that the original's serving role may
  /// enter.
  ///
  /// The block-by-block way through the log: see docs/decisions/0054.
  void copy(String original, String name) throws SQLException {
    run(
        "create database \"%s\" template \"%s\" owner \"%s_owner\" strategy wal_log"
            .formatted(name, original, original));
    let(original, name);
  }

  /// One that holds nothing, for the roles of another.
  void empty(String like, String name) throws SQLException {
    run("create database \"%s\" owner \"%s_owner\"".formatted(name, like));
    let(like, name);
  }

  private void let(String role, String database) throws SQLException {
    run("revoke all on database \"%s\" from public".formatted(database));
    run("grant connect on database \"%s\" to \"%s\"".formatted(database, role));
  }

  void drop(String name, String owner) throws SQLException {
    run("drop database if exists \"%s\" with (force)".formatted(name));
    run("drop role if exists \"%s\"".formatted(name));
    run("drop role if exists \"%s\"".formatted(owner));
  }

  private void createRole(String role) throws SQLException {
    String verb = exists("select 1 from pg_roles where rolname = ?", role) ? "alter" : "create";
    run(
        "%s role \"%s\" %s password '%s'"
            .formatted(verb, role, ORDINARY, secrets.passwordOf(role)));
  }

  private boolean exists(String query, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
