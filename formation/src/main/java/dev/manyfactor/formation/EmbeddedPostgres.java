package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL server on this machine, with a database and ordinary roles for each service.
///
/// Data and passwords stay in the directory it is given, so a later start finds them again; the
/// programs are unpacked once per user. It listens on 127.0.0.1 only, ends with [#close()] and also
/// when this JVM is killed.
///
/// ```java
/// try (var postgres = EmbeddedPostgres.start(directory, 18, Durability.ON)) {
///   ServiceDatabase orders = postgres.createDatabase("orders");
/// }
/// ```
///
/// Safe on many threads. A directory serves one server at a time.
public final class EmbeddedPostgres implements AutoCloseable, Databases {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String SUPERUSER = "postgres";

  private final Cluster cluster;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile PostgresServer server;
  private volatile boolean down;
  private ClusterSecrets secrets;

  private EmbeddedPostgres(Cluster cluster, ClusterSecrets secrets, PostgresServer server) {
    this.cluster = cluster;
    this.secrets = secrets;
    this.server = server;
    watch(server);
  }

  /// Starts a server over `directory`, which is made if it is not there, and waits until it
  /// answers.
  ///
  /// @param version the major version; another one than the class path brings is an error that
  ///   names what there is
  public static EmbeddedPostgres start(Path directory, int version, Durability durability)
      throws InterruptedException {
    return start(directory, version, durability, Account.forPostgres());
  }

  /// The server that the tests of one JVM share: durability off, in a temporary folder, gone with
  /// the JVM.
  ///
  /// Each test class takes a database of its own name from it.
  public static EmbeddedPostgres shared(int version) throws InterruptedException {
    return SharedPostgres.of(version);
  }

  static EmbeddedPostgres start(Path directory, int version, Durability durability, Account account)
      throws InterruptedException {
    try {
      Cluster cluster = Cluster.in(directory, version, durability, account);
      ClusterSecrets secrets = cluster.prepared();
      return new EmbeddedPostgres(cluster, secrets, cluster.start(secrets.port())).awaited();
    } catch (IOException failure) {
      throw FormationException.cannotWrite(directory, failure);
    }
  }

  private EmbeddedPostgres awaited() throws InterruptedException {
    boolean answered = false;
    try {
      for (long waited = 0; waited < START.toMillis() && !answered; waited += POLL.toMillis()) {
        server.requireAlive();
        answered = answers();
        if (!answered) {
          Thread.sleep(POLL);
        }
      }
      if (!answered) {
        throw new FormationException(
            ExitCode.UNAVAILABLE,
            "PostgreSQL does not answer on port %d within %d s; its log is beside %s"
                .formatted(port(), START.toSeconds(), cluster.kept().path()));
      }
      return this;
    } finally {
      if (!answered) {
        server.kill();
      }
    }
  }

  @Override
  public synchronized ServiceDatabase createDatabase(String name) {
    requireName(name);
    String owner = name + "_owner";
    secrets = secrets.with(owner).with(name);
    cluster.kept().write(secrets); // first, so that no password is set that nobody knows
    try (Connection connection = connect(SUPERUSER)) {
      new DatabaseSetup(connection, secrets).create(name, owner);
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the database \"%s\" cannot be made: %s".formatted(name, failure.getMessage()));
    }
    return new ServiceDatabase(name, address(owner, name), address(name, name));
  }

  /// A copy of a database with all it holds, for the roles of the original: they own it and may
  /// enter it as they do that one.
  ///
  /// What `alter database … set` changed in the original is not copied. A copy takes a few dozen
  /// milliseconds; it fails when anybody is connected to the original for five seconds.
  ///
  /// @param of made by [#createDatabase(String)] of this server
  /// @param name as for [#createDatabase(String)], and that of no database or role so far
  /// @return the copy's name, with the addresses of the original's roles
  public synchronized ServiceDatabase copyDatabase(ServiceDatabase of, String name) {
    requireName(name);
    String owner = of.name() + "_owner";
    try (Connection connection = connect(SUPERUSER)) {
      new DatabaseSetup(connection, secrets).copy(of.name(), name);
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the database \"%s\" cannot be copied to \"%s\": %s"
              .formatted(of.name(), name, failure.getMessage()));
    }
    return new ServiceDatabase(name, address(owner, name), address(of.name(), name));
  }

  /// A database that holds nothing, for the roles of another: they own it and may enter it as they
  /// do that one.
  ///
  /// @param like made by [#createDatabase(String)] of this server
  /// @param name as for [#createDatabase(String)], and that of no database or role so far
  /// @return its name, with the addresses of the other's roles
  public synchronized ServiceDatabase createEmpty(ServiceDatabase like, String name) {
    requireName(name);
    try (Connection connection = connect(SUPERUSER)) {
      new DatabaseSetup(connection, secrets).empty(like.name(), name);
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the database \"%s\" cannot be made: %s".formatted(name, failure.getMessage()));
    }
    return new ServiceDatabase(
        name, address(like.name() + "_owner", name), address(like.name(), name));
  }

  private static void requireName(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,39}")) {
      throw new IllegalArgumentException(
          "a database is named [a-z][a-z0-9_]{0,39}, but this one is \"" + name + "\"");
    }
  }

  /// Removes a database with all it holds, cutting its connections, and the two roles that are
  /// called after it; nothing happens if there is none. Copies go before their original, whose
  /// roles own them.
  public synchronized void dropDatabase(String name) {
    requireName(name);
    try (Connection connection = connect(SUPERUSER)) {
      new DatabaseSetup(connection, secrets).drop(name, name + "_owner");
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the database \"%s\" cannot be removed: %s".formatted(name, failure.getMessage()));
    }
  }

  /// Where it listens on 127.0.0.1.
  public int port() {
    return secrets.port();
  }

  /// The major version, for example 18.
  public int version() {
    return cluster.major();
  }

  /// Whether its commits survive a power cut.
  public Durability durability() {
    return cluster.durability();
  }

  /// Shuts down in order within 30 seconds, then by force.
  @Override
  public void close() {
    stop();
  }

  /// Shuts down as [#close()] does and says whether the server ended by itself.
  boolean stop() {
    boolean interrupted = Thread.interrupted();
    try {
      return server.stop();
    } catch (InterruptedException impatient) {
      interrupted = true;
      server.kill();
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Ends at once, as a crash would; the data recover at the next start.
  public void kill() {
    server.kill();
  }

  /// Stops it as `pg_ctl stop -m immediate` does: every session is cut and nothing is written any
  /// more, so that the next start recovers from the log. Every commit that was acknowledged is
  /// there again then, if the durability is on.
  ///
  /// @return whether it ended by itself; it is killed after 30 seconds
  public synchronized boolean crash() throws InterruptedException {
    PostgresServer crashing = server;
    down = true;
    return crashing.crash();
  }

  /// Starts it again over the same data and on the same port after [#crash()], and waits until it
  /// answers.
  public synchronized void startAgain() throws InterruptedException {
    try {
      server = cluster.start(secrets.port());
      awaited();
      down = false;
      watch(server);
    } catch (IOException failure) {
      throw FormationException.cannotWrite(cluster.kept().path(), failure);
    }
  }

  private void watch(PostgresServer started) {
    var _ =
        started
            .onExit()
            .thenAccept(code -> {
              if (!down) {
                ended.complete(code);
              }
            });
  }

  ProcessHandle handle() {
    return server.handle();
  }

  /// Completed with the exit code once it has ended, and nobody crashed it.
  CompletableFuture<Integer> onExit() {
    return ended;
  }

  private boolean answers() {
    try (Connection connection = connect(SUPERUSER)) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /// The superuser's address; holds its password, never print it.
  String superuserUrl() {
    return "postgres://%s:%s@127.0.0.1:%d/%s"
        .formatted(SUPERUSER, secrets.superuser(), port(), SUPERUSER);
  }

  /// A new session as the superuser; the caller closes it.
  ///
  /// It waits at most 5 s to connect, and 30 s for each answer; the server gives up a statement
  /// after 25 s.
  ///
  /// @param database the name of a database of this server
  /// @throws SQLException when there is no such database, or the server has ended
  public Connection connect(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port()});
    source.setDatabaseName(database);
    source.setUser(SUPERUSER);
    source.setPassword(secrets.superuser());
    source.setConnectTimeout(5);
    source.setSocketTimeout(30);
    source.setOptions("-c statement_timeout=25s");
    return source.getConnection();
  }

  private String address(String role, String database) {
    return "postgres://%s:%s@127.0.0.1:%d/%s"
        .formatted(role, secrets.passwordOf(role), port(), database);
  }
}
