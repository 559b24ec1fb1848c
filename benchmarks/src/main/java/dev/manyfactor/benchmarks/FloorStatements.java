package dev.manyfactor.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// The statements of the two operations in plain JDBC, in as few messages as the runtime sends
/// them: BEGIN, the tenant and the first statement in one, the last one and COMMIT in another.
///
/// The runtime also sets time limits for each transaction, which this does not.
record FloorStatements(DataSource pool, InstantSource clock) {
  private static final String TENANT = "select set_config('manyfactor.tenant', ?, true) is null; ";
  private static final String COLUMNS =
      "id, customer_id, amount_minor, refunded_minor, currency, description, status, created_at";
  private static final String FIND = TENANT + "select " + COLUMNS + " from payment where id = ?";
  private static final String CUSTOMER = "select 1 from customer where id = ?";
  private static final String OPEN =
      "insert into payment (customer_id, amount_minor, currency, description, status)"
          + " values (?, ?, ?, ?, 'pending') returning "
          + COLUMNS;
  private static final String ENQUEUE =
      "with seen as (insert into manyfactor.tenant (tenant) values (?) on conflict do nothing)"
          + " insert into manyfactor.job (id, kind, tenant, payload, unique_key, release, trace)"
          + " values (?, 'capture', ?, ?, ?, 'floor', ?)";
  private static final int SLOTS = 16;
  private static final String[] LOCK_AND_LOOK =
      slots(
          TENANT
              + "select pg_try_advisory_xact_lock(?) as free; select fingerprint = ? as same"
              + " from manyfactor.idempotency_%02d where scope = ? and key = ?");
  private static final String[] KEEP_AND_COMMIT =
      slots(
          "insert into manyfactor.idempotency_%02d"
              + " (slot, scope, key, tenant, fingerprint, status, headers, body)"
              + " values (?, ?, ?, ?, ?, 201, ?, ?); commit");
  private static final UUID SCOPE = new UUID(1, 1);

  /// A payment as it is sent.
  record Stored(String id, String body) {}

  String ask() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return "{\"ready\":" + connection.isValid(1) + "}";
    }
  }

  String find(UUID id) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setReadOnly(true);
      try (PreparedStatement statement = connection.prepareStatement(FIND)) {
        statement.setString(1, Book.TENANT);
        statement.setObject(2, id);
        statement.execute();
        statement.getMoreResults();
        return stored(statement).body();
      }
    } // the pool rolls back, which is one message, as in the runtime
  }

  /// Opens a payment: the customer, the payment, COMMIT.
  Stored open(FloorHandler.NewPayment payment) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      requireCustomer(connection, payment, true);
      Stored stored = insert(connection, payment);
      connection.commit();
      return stored;
    }
  }

  /// Opens a payment with all that the runtime stores along with it: the job and the key's answer.
  Stored openKeyed(UUID key, FloorHandler.NewPayment payment, byte[] body) throws SQLException {
    byte[] fingerprint = sha256(body);
    try (Connection connection = pool.getConnection()) {
      try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK[slot(key)])) {
        statement.setString(1, Book.TENANT);
        statement.setLong(2, key.getLeastSignificantBits());
        statement.setBytes(3, fingerprint);
        statement.setObject(4, SCOPE);
        statement.setString(5, key.toString());
        statement.execute();
      }
      requireCustomer(connection, payment, false);
      Stored stored = insert(connection, payment);
      enqueue(connection, stored.id());
      keep(connection, key, fingerprint, stored);
      return stored;
    }
  }

  private static void requireCustomer(
      Connection connection, FloorHandler.NewPayment payment, boolean first) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(first ? TENANT + CUSTOMER : CUSTOMER)) {
      int parameter = 1;
      if (first) {
        statement.setString(parameter++, Book.TENANT);
      }
      statement.setObject(parameter, payment.customer());
      statement.execute();
      if (first) {
        statement.getMoreResults();
      }
      if (!statement.getResultSet().next()) {
        throw new SQLException("there is no such customer");
      }
    }
  }

  private static Stored insert(Connection connection, FloorHandler.NewPayment payment)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setObject(1, payment.customer());
      statement.setLong(2, payment.amount());
      statement.setString(3, payment.currency());
      statement.setString(4, payment.text());
      statement.execute();
      return stored(statement);
    }
  }

  private void enqueue(Connection connection, String payment) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ENQUEUE)) {
      statement.setString(1, Book.TENANT);
      statement.setObject(2, new Uuid7(clock, ThreadLocalRandom.current()).next());
      statement.setString(3, Book.TENANT);
      statement.setString(4, "{\"payment\":\"" + payment + "\"}");
      statement.setNull(5, Types.VARCHAR);
      statement.setNull(6, Types.VARCHAR);
      statement.executeUpdate();
    }
  }

  private static void keep(Connection connection, UUID key, byte[] fingerprint, Stored stored)
      throws SQLException {
    int slot = slot(key);
    try (PreparedStatement statement = connection.prepareStatement(KEEP_AND_COMMIT[slot])) {
      statement.setInt(1, slot);
      statement.setObject(2, SCOPE);
      statement.setString(3, key.toString());
      statement.setString(4, Book.TENANT);
      statement.setBytes(5, fingerprint);
      statement.setString(6, "Location: /v1/payments/" + stored.id());
      statement.setBytes(7, stored.body().getBytes(StandardCharsets.UTF_8));
      statement.execute();
    }
  }

  private static Stored stored(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      if (!row.next()) {
        throw new SQLException("there is no such payment");
      }
      String id = row.getString(1);
      return new Stored(
          id,
          "{\"id\":\""
              + id
              + "\",\"customer_id\":\""
              + row.getString(2)
              + "\",\"amount_minor\":"
              + row.getLong(3)
              + ",\"refunded_minor\":"
              + row.getLong(4)
              + ",\"currency\":\""
              + row.getString(5)
              + "\",\"description\":\""
              + row.getString(6)
              + "\",\"status\":\""
              + row.getString(7)
              + "\",\"created_at\":\""
              + row.getString(8)
              + "\"}");
    }
  }

  /// By the day on which the key was made, as the runtime does it.
  private static int slot(UUID key) {
    long days = (key.getMostSignificantBits() >>> 16) / Duration.ofDays(1).toMillis();
    return Math.floorMod(days, SLOTS);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String[] slots(String text) {
    return IntStream.range(0, SLOTS).mapToObj(text::formatted).toArray(String[]::new);
  }
}
