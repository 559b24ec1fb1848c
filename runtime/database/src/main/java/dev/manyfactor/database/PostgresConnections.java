package dev.manyfactor.database;

import dev.manyfactor.config.Secret;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Opens connections to whatever address holds at that moment, so that a swapped password reaches
/// every new one. Safe on many threads.
final class PostgresConnections implements DataSource {
  // Times and durability as the runtime promises them, whatever the server's defaults are.
  private static final String SESSION =
      "select set_config('TimeZone', 'UTC', false), set_config('synchronous_commit',"
          + " case current_setting('synchronous_commit') when 'off' then 'on'"
          + " else current_setting('synchronous_commit') end, false)";

  // A server whose client is gone ends the running statement instead of committing it later.
  private static final String OPTIONS = "-c client_connection_check_interval=500";

  private static final int SOCKET_SECONDS = 30;

  private final Supplier<PostgresUrl> url;
  private final Duration connectTimeout;
  private final String applicationName;

  PostgresConnections(Supplier<PostgresUrl> url, Duration connectTimeout, String applicationName) {
    this.url = url;
    this.connectTimeout = connectTimeout;
    this.applicationName = applicationName;
  }

  /// A connection in autocommit mode, all of whose waits are bounded.
  @Override
  public Connection getConnection() throws SQLException {
    PostgresUrl address = url.get();
    Connection connection = new Driver().connect(jdbcUrl(address), properties(address));
    if (connection == null) {
      throw new IllegalStateException(
          "the driver of PostgreSQL accepts jdbc:postgresql: addresses");
    }
    try (var statement = connection.createStatement()) {
      statement.execute(SESSION);
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  /// The same, with what it means that there is none.
  Connection require() {
    try {
      return getConnection();
    } catch (SQLException refusal) {
      throw unreachable(url.get(), refusal);
    }
  }

  static DatabaseUnavailableException unreachable(PostgresUrl address, SQLException refusal) {
    return new DatabaseUnavailableException(
        DatabaseUnavailableException.Reason.NOT_CONNECTED,
        "the database " + address + " cannot be reached: " + Failures.reasonOf(refusal),
        refusal);
  }

  private static String jdbcUrl(PostgresUrl address) {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return "jdbc:postgresql://" + host + ":" + address.port() + "/";
  }

  private Properties properties(PostgresUrl address) {
    var properties = new Properties();
    address.parameters().forEach(properties::setProperty);
    address.password().map(Secret::reveal).ifPresent(it -> PGProperty.PASSWORD.set(properties, it));
    int seconds = (int) Math.max(1, connectTimeout.toSeconds());
    PGProperty.PG_DBNAME.set(properties, address.database());
    PGProperty.USER.set(properties, address.user());
    PGProperty.APPLICATION_NAME.set(properties, applicationName);
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_SECONDS);
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0"); // the name travels with the login
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.OPTIONS.set(properties, OPTIONS);
    PGProperty.STRING_TYPE.set(properties, "unspecified"); // text fits jsonb, enums and uuid
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false); // the detail holds values of rows
    return properties;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the address says who logs in");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {}

  /// The bound is part of the settings, whatever the pool would set.
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return (int) connectTimeout.toSeconds();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver logs by itself");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("nothing is wrapped");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
