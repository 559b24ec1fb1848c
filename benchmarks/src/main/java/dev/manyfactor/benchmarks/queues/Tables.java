package dev.manyfactor.benchmarks.queues;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// A database with the tables of one queue.
///
/// @param fill adds as many jobs as its parameter says, numbered from 0
/// @param names of the tables
record Tables(URI owner, URI serving, String fill, List<String> names) {

  /// The runtime's.
  static Tables ofRuntime(String owner, String serving) {
    return new Tables(
        URI.create(owner),
        URI.create(serving),
        """
        insert into manyfactor.job (id, kind, tenant, payload, release)
        select uuidv7(), 'numbered', 'acme', '{"number":' || n - 1 || '}', 'benchmark'
        from generate_series(1, ?) n
        """,
        List.of("manyfactor.job", "manyfactor.run", "manyfactor.later", "manyfactor.dead"));
  }

  /// A connection of the owner.
  Connection connect() throws SQLException {
    String[] login = owner.getUserInfo().split(":", 2);
    return DriverManager.getConnection(jdbcUrl(), login[0], login[1]);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + owner.getPort() + owner.getPath();
  }

  void fill(int jobs) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.prepareStatement(fill)) {
      statement.setInt(1, jobs);
      statement.executeUpdate();
    }
    execute("vacuum analyze " + names.getFirst());
  }

  void empty() throws SQLException {
    for (String table : names) {
      execute("truncate " + table);
    }
  }

  void mustBeEmpty() throws SQLException {
    for (String table : names) {
      try (Connection connection = connect();
          var statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
        if (rows.next() && rows.getLong(1) > 0) {
          throw new IllegalStateException(rows.getLong(1) + " rows are left in " + table);
        }
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
