package dev.manyfactor.database;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import io.opentelemetry.api.OpenTelemetry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A database of its own on one real PostgreSQL server, with the two roles a service has: `owner`,
/// who owns the tables, and `app`, who serves. Neither is a superuser.
///
/// The server is started by the first test of a process and stopped with it.
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  /// The one server of this process.
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        run(
            superuser(server.getPort(), "postgres"),
            "create role owner login nosuperuser nobypassrls",
            "create role app login nosuperuser nobypassrls");
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private TestPostgres(String name) {
    this.name = name;
  }

  /// A new, empty database.
  public static TestPostgres create() {
    var database = new TestPostgres("test_" + COUNT.incrementAndGet());
    run(
        superuser(port(), "postgres"),
        "create database " + database.name + " owner owner",
        "revoke create on schema public from public");
    return database;
  }

  public static int port() {
    return Server.POSTGRES.getPort();
  }

  public PostgresUrl owner() {
    return url("owner");
  }

  public PostgresUrl app() {
    return url("app");
  }

  public PostgresUrl superuser() {
    return url("postgres");
  }

  /// Runs statements as the owner.
  public void execute(String... statements) {
    run(owner(), statements);
  }

  /// Runs statements as the superuser.
  public void superuserExecute(String... statements) {
    run(superuser(), statements);
  }

  /// The first column of a query's rows as text, asked by a superuser, who sees all rows.
  public List<String> ask(String sql) {
    try (Connection connection = superuser().connect("test");
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var answers = new ArrayList<String>();
      while (rows.next()) {
        answers.add(String.valueOf(rows.getString(1)));
      }
      return answers;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// An open database of the serving role.
  public Database open() {
    return open(DatabaseSettings.of(app()));
  }

  public Database open(DatabaseSettings settings) {
    var database = Database.of(Configured.of(settings));
    database.open(OpenTelemetry.noop(), "test");
    return database;
  }

  /// A context with half a minute left.
  public static Context context(String tenant) {
    return context(tenant, Duration.ofSeconds(30));
  }

  public static Context context(String tenant, Duration patience) {
    return Context.of("test", Deadline.after(patience, InstantSource.system()))
        .withTenant(new Tenant(tenant));
  }

  private PostgresUrl url(String role) {
    return PostgresUrl.parse("postgres://" + role + "@127.0.0.1:" + port() + '/' + name);
  }

  private static PostgresUrl superuser(int port, String database) {
    return PostgresUrl.parse("postgres://postgres@127.0.0.1:" + port + '/' + database);
  }

  private static void run(PostgresUrl url, String... statements) {
    try (Connection connection = url.connect("test");
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
