package dev.manyfactor.formation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/// Makes and removes the roles and the database of a service on somebody else's server.
///
/// A role and its mark are made in one transaction, and a database is ours if its owner is: so
/// nothing of ours is ever without a mark. Passwords are sent as SCRAM verifiers, so that no log of
/// the server can hold them.
///
/// @param connection of the administrating role, committing by itself
/// @param secrets hold the mark and the passwords
/// @param folder of the state, shown in the mark for people who find it on the server
record ExternalSetup(Connection connection, ServerSecrets secrets, Path folder) {
  private static final String MARK = "manyfactor ";
  private static final String OWNER =
      "select pg_get_userbyid(datdba) from pg_database where datname = ?";
  private static final String COMMENT =
      "select shobj_description(oid, 'pg_authid') from pg_roles where rolname = ? and shobj_description(oid, 'pg_authid') is not null";
  private static final String OURS =
      "select %s from %s where starts_with(shobj_description(r.oid, 'pg_authid'), ?) order by 1";

  /// Makes what is missing; fails if something of that name is not ours.
  void create(String name, String owner) throws SQLException {
    requireOurs(name, owner);
    createRole(owner);
    createRole(name);
    if (first(OWNER, name).isEmpty()) {
      run("create database \"%s\" owner \"%s\"".formatted(name, owner));
    }
    run("revoke all on database \"%s\" from public".formatted(name));
    run("grant connect on database \"%s\" to \"%s\"".formatted(name, name));
  }

  private void requireOurs(String name, String owner) throws SQLException {
    List<String> strangers = new ArrayList<>();
    for (String role : List.of(owner, name)) {
      if (exists(role) && !isOurs(role)) {
        strangers.add("role %s (%s)".formatted(role, first(COMMENT, role).orElse("no comment")));
      }
    }
    first(OWNER, name)
        .filter(other -> !other.equals(owner))
        .ifPresent(other -> strangers.add("database %s (of %s)".formatted(name, other)));
    if (!strangers.isEmpty()) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "on the server of --database this folder's formations did not make: %s; remove or rename that there, or give another server"
              .formatted(String.join(", ", strangers)));
    }
  }

  private void createRole(String role) throws SQLException {
    String password =
        PasswordUtil.encodeScramSha256(secrets.passwordOf(role).toCharArray()); // no quote in it
    if (exists(role)) {
      run("alter role \"%s\" login password '%s'".formatted(role, password));
      return;
    }
    run(
        """
        begin;
        create role "%1$s" login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password '%2$s';
        comment on role "%1$s" is '%3$s';
        commit\
        """
            .formatted(role, password, (mark() + folder).replace("'", "''")));
    if (!"true"
        .equals(
            first("select rolsuper::text from pg_roles where rolname = ?", user()).orElse(""))) {
      run("grant \"%s\" to current_user".formatted(role)); // to make its database, and to remove it
    }
  }

  /// Removes the databases and roles that carry our mark; says which databases.
  List<String> dropOurs() throws SQLException {
    List<String> databases =
        all(OURS.formatted("datname", "pg_database d join pg_roles r on r.oid = d.datdba"));
    for (String database : databases) {
      run("drop database \"%s\" with (force)".formatted(database.replace("\"", "\"\"")));
    }
    for (String role : all(OURS.formatted("rolname", "pg_roles r"))) {
      run("drop role \"%s\"".formatted(role.replace("\"", "\"\"")));
    }
    return databases;
  }

  private boolean exists(String role) throws SQLException {
    return first("select rolname from pg_roles where rolname = ?", role).isPresent();
  }

  private boolean isOurs(String role) throws SQLException {
    return first(COMMENT, role).filter(comment -> comment.startsWith(mark())).isPresent();
  }

  private String mark() {
    return MARK + secrets.id() + " ";
  }

  private String user() throws SQLException {
    return connection.getMetaData().getUserName();
  }

  private List<String> all(String query) throws SQLException {
    return column(query, mark());
  }

  private Optional<String> first(String query, String name) throws SQLException {
    return column(query, name).stream().findFirst();
  }

  private List<String> column(String query, String parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          values.add(rows.getString(1));
        }
        return values;
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
