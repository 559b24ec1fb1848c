package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A database whose serving role may read and write rows and nothing else, and which notes what of
/// its schema anybody wants to change.
///
/// @param role who serves
record RestrictedRole(Database database, String role) {
  private static final String SCHEMAS =
      """
      select format('%I', nspname) from pg_namespace
       where nspname <> 'information_schema' and nspname !~ '^pg_'\
      """;
  private static final String REMAINING =
      """
      select nspname from pg_namespace
       where nspname !~ '^pg_' and has_schema_privilege(?, oid, 'CREATE')\
      """;

  /// A file of the server for each statement: it stays when the transaction of the statement ends.
  private static final String WATCH =
      """
      create schema prover;
      create function prover.note() returns event_trigger language plpgsql security definer as $$
      begin
        if current_query() !~* 'create\\s+((local|global)\\s+)?temp' then
          execute format('copy (select left(%L, 500)) to %L', current_query(),
            format('%s/schema-change-%s-%s-%s', current_setting('data_directory'),
              current_database(), pg_backend_pid(), extract(epoch from clock_timestamp())));
        end if;
      end $$;
      create event trigger prover_note on ddl_command_start execute function prover.note()\
      """;

  private static final String NOTED =
      """
      select trim(pg_read_file(file)) from pg_ls_dir('.') as file
       where starts_with(file, format('schema-change-%s-', current_database())) order by file\
      """;

  /// Takes from the role of a scene's database what it would need to change the schema.
  static RestrictedRole of(Database database) {
    try (Connection connection = database.connect()) {
      String role = role(connection);
      RestrictedRole restricted = new RestrictedRole(database, role);
      restricted.restrict(connection);
      return restricted;
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "the rights in %s cannot be changed: %s"
              .formatted(database.name(), failure.getMessage()));
    }
  }

  /// The owner is called after the role: `notes_owner`.
  private static String role(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select datdba::regrole::text from pg_database where datname ="
                    + " current_database()")) {
      rows.next();
      return rows.getString(1).replaceFirst("_owner$", "");
    }
  }

  private void restrict(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("reassign owned by \"%s\" to \"%s_owner\"".formatted(role, role));
      statement.execute(
          "revoke create on database \"%s\" from public, \"%s\"".formatted(database.name(), role));
      for (String schema : texts(connection, SCHEMAS)) {
        statement.execute("revoke create on schema %s from public, \"%s\"".formatted(schema, role));
      }
      statement.execute(WATCH);
    }
    List<String> left = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(REMAINING)) {
      query.setString(1, role);
      left.addAll(texts(query));
    }
    if (!left.isEmpty()) {
      throw new BaselineMissing(
          "the serving role may still create in %s, as a member of another role; let the migration grant it rights to rows instead"
              .formatted(String.join(", ", left)));
    }
  }

  /// What anybody wanted to change since, as it was sent.
  List<String> wanted() {
    try (Connection connection = database.connect()) {
      return texts(connection, NOTED);
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "what was sent to %s cannot be read: %s"
              .formatted(database.name(), failure.getMessage()));
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      return texts(statement);
    }
  }

  private static List<String> texts(PreparedStatement query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
