package dev.manyfactor.benchmarks;

import dev.manyfactor.formation.ServiceDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The database of one of those compared: with the tables of payments, one customer of one tenant
/// and some payments to read.
///
/// @param serving the role that serves, which row-level security binds
record Book(Login owner, Login serving, String customer, List<String> payments) {
  /// Whose rows everything is about.
  static final String TENANT = "acme";

  private static final int PAYMENTS = 1_000;
  private static final String SEED_CUSTOMER =
      "insert into customer (email, name, country, tier)"
          + " values ('ada@example.com', 'Ada', 'GB', 'standard') returning id";
  private static final String SEED_PAYMENTS =
      "insert into payment (customer_id, amount_minor, currency, description, status)"
          + " select (select id from customer), 1250 + n, 'EUR', 'two tickets', 'pending'"
          + " from generate_series(1, "
          + PAYMENTS
          + ") n returning id";

  /// Who logs in where, taken from `postgres://user:password@host:port/database`.
  record Login(URI address) {
    String user() {
      return address.getUserInfo().split(":", 2)[0];
    }

    String password() {
      return address.getUserInfo().split(":", 2)[1];
    }

    String database() {
      return address.getPath().substring(1);
    }

    String jdbcUrl() {
      return "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/" + database();
    }

    /// A connection that sees the tenant's rows.
    Connection connect() throws SQLException {
      Connection connection = DriverManager.getConnection(jdbcUrl(), user(), password());
      try (var statement = connection.createStatement()) {
        statement.execute("set manyfactor.tenant = '" + TENANT + "'");
        return connection;
      } catch (SQLException refused) {
        connection.close();
        throw refused;
      }
    }

    /// The address holds a password.
    @Override
    public String toString() {
      return user() + " of " + database();
    }
  }

  /// How many rows the writes have left: as many as were answered, in each table.
  record Rows(long payments, long jobs, long keys) {}

  /// Fills a database whose tables are there.
  static Book fill(ServiceDatabase database) throws SQLException {
    var owner = new Login(URI.create(database.ownerUrl()));
    var serving = new Login(URI.create(database.servingUrl()));
    try (Connection connection = owner.connect()) {
      String customer = texts(connection, SEED_CUSTOMER).getFirst();
      List<String> payments = texts(connection, SEED_PAYMENTS);
      try (var statement = connection.createStatement()) {
        statement.execute("vacuum analyze customer");
        statement.execute("vacuum analyze payment");
      }
      return new Book(owner, serving, customer, payments);
    }
  }

  /// The rows that were not there from the start.
  Rows rows() throws SQLException {
    try (Connection connection = owner.connect()) {
      return new Rows(
          count(connection, "select count(*) from payment") - PAYMENTS,
          count(connection, "select count(*) from manyfactor.job"),
          count(connection, "select count(*) from manyfactor.idempotency"));
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    return Long.parseLong(texts(connection, sql).getFirst());
  }

  /// The first column, as text.
  static List<String> texts(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
