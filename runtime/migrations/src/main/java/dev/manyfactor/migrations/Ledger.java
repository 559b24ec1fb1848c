package dev.manyfactor.migrations;

import dev.manyfactor.context.Release;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a database remembers of its migrations, and whose it is.
final class Ledger {
  private static final String[] TABLES = {
    "create schema if not exists manyfactor",
    """
    create table if not exists manyfactor.migration (
      set text not null,
      number int not null,
      name text not null,
      phase text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      release text not null,
      primary key (set, number)
    )
    """,
    """
    create table if not exists manyfactor.stamp (
      single boolean primary key default true check (single),
      service text not null,
      deployment text not null,
      stamped_at timestamptz not null default now()
    )
    """
  };

  private final Connection connection;

  Ledger(Connection connection) {
    this.connection = connection;
  }

  /// One file that was applied.
  record Applied(
      String set, int number, String name, String checksum, Instant at, String release) {}

  /// Whose database it is.
  record Stamp(String service, String deployment) {
    boolean isOf(Release release) {
      return service.equals(release.service()) && deployment.equals(release.deployment());
    }
  }

  /// Makes the tables if this is the first time.
  void create() throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }

  /// Whether there is a ledger that this role may read.
  boolean exists() throws SQLException {
    String sql =
        """
        select coalesce(
            has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'), false)
          from pg_namespace n join pg_class c on c.relnamespace = n.oid
          where n.nspname = 'manyfactor' and c.relname = 'migration'
        """;
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  List<Applied> applied() throws SQLException {
    String sql =
        "select set, number, name, checksum, applied_at, release from manyfactor.migration"
            + " order by applied_at, set, number";
    var applied = new ArrayList<Applied>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        applied.add(
            new Applied(
                rows.getString("set"),
                rows.getInt("number"),
                rows.getString("name"),
                rows.getString("checksum"),
                rows.getObject("applied_at", OffsetDateTime.class).toInstant(),
                rows.getString("release")));
      }
    }
    return List.copyOf(applied);
  }

  Optional<Stamp> stamp() throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select service, deployment from manyfactor.stamp")) {
      return rows.next()
          ? Optional.of(new Stamp(rows.getString("service"), rows.getString("deployment")))
          : Optional.empty();
    }
  }

  void stamp(Release release) throws SQLException {
    String sql = "insert into manyfactor.stamp (service, deployment) values (?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, release.service());
      statement.setString(2, release.deployment());
      statement.executeUpdate();
    }
  }

  void add(MigrationFile file, Release release) throws SQLException {
    String sql =
        "insert into manyfactor.migration (set, number, name, phase, checksum, release)"
            + " values (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, file.set());
      statement.setInt(2, file.number());
      statement.setString(3, file.name());
      statement.setString(4, file.phase().label());
      statement.setString(5, file.checksum());
      statement.setString(6, release.id());
      statement.executeUpdate();
    }
  }
}
