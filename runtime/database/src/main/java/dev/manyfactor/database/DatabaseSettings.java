package dev.manyfactor.database;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.time.Duration;
import java.util.Optional;

/// How to reach the database; declared under the prefix `DATABASE`.
///
/// @param url the serving role's address
/// @param migrationUrl the owner role's address, read by `migrate` alone; without it `migrate` uses
///   `url`
/// @param poolSize the most connections of this process, and so the most transactions at a time
/// @param acquireTimeout the longest wait for a connection
/// @param connectTimeout the longest time for opening one, login included
public record DatabaseSettings(
    @Description(
            value = "the address of a PostgreSQL database, with the role that serves requests",
            example = "postgres://app@localhost/app")
        PostgresUrl url,
    @Description(
            value = "the address with the role that owns the tables, for `migrate` only",
            example = "postgres://owner@localhost/app")
        Optional<PostgresUrl> migrationUrl,
    @Default("10") @Description("the most connections of this process (1 to 200)") int poolSize,
    @Default("3s") @Description("the longest wait for a connection (250ms to 1m)")
        Duration acquireTimeout,
    @Default("2s") @Description("the longest time for opening a connection (1s to 1m)")
        Duration connectTimeout) {

  /// What every variable starts with.
  public static final String PREFIX = "DATABASE";

  public DatabaseSettings {
    if (poolSize < 1 || poolSize > 200) {
      throw new IllegalArgumentException("poolSize must be 1 to 200 but is " + poolSize);
    }
    mustLie("acquireTimeout", acquireTimeout, Duration.ofMillis(250), Duration.ofMinutes(1));
    mustLie("connectTimeout", connectTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /// The defaults, for a program without an environment.
  public static DatabaseSettings of(PostgresUrl url) {
    return new DatabaseSettings(
        url, Optional.empty(), 10, Duration.ofSeconds(3), Duration.ofSeconds(2));
  }

  /// The same with another pool size.
  public DatabaseSettings withPoolSize(int connections) {
    return new DatabaseSettings(url, migrationUrl, connections, acquireTimeout, connectTimeout);
  }

  /// The same with another bound for the wait for a connection.
  public DatabaseSettings withAcquireTimeout(Duration bound) {
    return new DatabaseSettings(url, migrationUrl, poolSize, bound, connectTimeout);
  }

  private static void mustLie(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + " but is " + value);
    }
  }
}
