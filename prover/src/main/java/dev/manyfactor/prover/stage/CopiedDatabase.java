package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/// A copy of the migrated database on the run's own server.
record CopiedDatabase(EmbeddedPostgres server, ServiceDatabase address) implements Database {
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
       order by 1\
      """;
  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where datname = ? and usename <> 'postgres'";

  @Override
  public String name() {
    return address.name();
  }

  @Override
  public Connection connect() throws SQLException {
    return server.connect(address.name());
  }

  @Override
  public Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        Statement count = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        String table = tables.getString(1); // quoted by the server
        try (ResultSet counted = count.executeQuery("select count(*) from " + table)) {
          counted.next();
          rows.put(table, counted.getLong(1));
        }
      }
      return rows;
    } catch (SQLException failure) {
      // a table that the service has locked, or drops meanwhile
      throw new BaselineMissing(
          "the rows of %s cannot be counted: %s".formatted(name(), failure.getMessage()));
    }
  }

  @Override
  public int sessions() {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(SESSIONS)) {
      statement.setString(1, name());
      try (ResultSet counted = statement.executeQuery()) {
        counted.next();
        return counted.getInt(1);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the sessions of %s cannot be counted".formatted(name()), failure);
    }
  }
}
