package dev.manyfactor.database;

import dev.manyfactor.config.Description;
import dev.manyfactor.config.Secret;
import dev.manyfactor.config.Sensitive;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The address of a PostgreSQL database: `postgres://user:password@host:port/database?sslmode=…`.
///
/// The port is 5432 unless given; characters with a meaning in addresses are percent-encoded. Its
/// text form shows everything but the password. Immutable.
///
/// @param host a name, an IPv4 address, or an IPv6 address without brackets
/// @param port 1 to 65535
/// @param database the database's name
/// @param user the role to log in as
/// @param password absent where the server asks for none
/// @param parameters `sslmode`, `sslrootcert` and no others
@Sensitive
@Description(value = "an address of PostgreSQL", example = "postgres://app@localhost/app")
public record PostgresUrl(
    String host,
    int port,
    String database,
    String user,
    Optional<Secret> password,
    Map<String, String> parameters) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  public PostgresUrl {
    parameters = Map.copyOf(parameters);
  }

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException saying what is wrong, without any part of the password
  public static PostgresUrl parse(String text) {
    return PostgresUrlParser.parse(text);
  }

  /// Opens one connection outside of any pool, in autocommit mode, for a tool. Every wait is
  /// bounded: 5 s to connect, 30 s for an answer unless `setNetworkTimeout` says otherwise.
  ///
  /// @param applicationName who this is, as `pg_stat_activity` shows it
  /// @throws DatabaseUnavailableException if the server cannot be reached or refuses
  public Connection connect(String applicationName) {
    var connections = new PostgresConnections(() -> this, CONNECT_TIMEOUT, applicationName);
    return connections.require();
  }

  /// The address without its password.
  @Override
  public String toString() {
    return "postgres://" + user + "@" + host + ":" + port + "/" + database;
  }
}
