package dev.manyfactor.benchmarks;

import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.ClassArchive;
import dev.manyfactor.formation.Durability;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a benchmark runs on: one PostgreSQL with durable commits, one issuer, and the two servers
/// that are compared.
final class Scene implements AutoCloseable {
  private static final int POSTGRES = 18;
  private static final Path WORK = Path.of("benchmarks", "target", "work");
  private static final Path ARTIFACT =
      Path.of("examples", "payments", "target", "payments", "payments.jar");

  /// One connection of the pool for each connection of the client, so that nobody waits for one.
  static final int CONNECTIONS = 16;

  private final EmbeddedPostgres postgres;
  private final Issuer issuer;

  private Scene(EmbeddedPostgres postgres, Issuer issuer) {
    this.postgres = postgres;
    this.issuer = issuer;
  }

  /// Starts both in a folder that is emptied first.
  static Scene start(Surroundings surroundings) throws InterruptedException, IOException {
    if (!Files.exists(ARTIFACT)) {
      throw new IllegalStateException(
          ARTIFACT + " is not there; start this by benchmarks/run, from a checkout");
    }
    delete(WORK);
    Files.createDirectories(WORK);
    var postgres = EmbeddedPostgres.start(WORK.resolve("postgres"), POSTGRES, Durability.ON);
    return new Scene(postgres, Issuer.start(WORK.resolve("issuer"), surroundings.clock()));
  }

  /// A token that may read and write payments.
  String token() {
    return issuer.token(
        new Claims(
            "benchmark", "payments", Book.TENANT, Set.of("payments:read", "payments:write")));
  }

  /// A database with the tables of payments, made by its own `migrate`, and rows to read.
  Book book(String name) throws InterruptedException, SQLException {
    ServiceDatabase database = postgres.createDatabase(name);
    Map<String, String> environment = environment(database.servingUrl());
    environment.put("DATABASE_MIGRATION_URL", database.ownerUrl());
    Server.run(payments("migrate", environment));
    return Book.fill(database);
  }

  /// The real artifact, as a deployment starts it.
  Server.Command payments(Book book) {
    Map<String, String> environment = environment(book.serving().address().toString());
    environment.put("PORT", String.valueOf(Server.freePort()));
    environment.put("MANAGEMENT_PORT", String.valueOf(Server.freePort()));
    return payments("web", environment);
  }

  /// The same with the archive of its classes, as `mf up` starts it.
  Server.Command archivedPayments(Book book) {
    String archive = ARTIFACT.toString().replaceFirst("\\.jar$", ".jsa");
    return payments(book).with(new ClassArchive(Path.of(""), archive).options());
  }

  /// The floor, in a JVM of its own as well.
  Server.Command floor(Book book) {
    String port = String.valueOf(Server.freePort());
    Map<String, String> environment =
        Map.of(
            "PORT", port,
            "MANAGEMENT_PORT", port,
            "JDBC_URL", book.serving().jdbcUrl(),
            "JDBC_USER", book.serving().user(),
            "JDBC_PASSWORD", book.serving().password(),
            "POOL_SIZE", String.valueOf(CONNECTIONS));
    List<String> arguments =
        List.of("-cp", System.getProperty("java.class.path"), Floor.class.getName());
    return new Server.Command("the floor", arguments, environment, WORK.resolve("floor.log"));
  }

  /// What PostgreSQL says about itself, and where its data lie.
  Map<String, String> postgresFacts(Book book) throws SQLException, IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    try (Connection connection = book.owner().connect()) {
      for (String setting :
          List.of(
              "server_version",
              "fsync",
              "synchronous_commit",
              "full_page_writes",
              "shared_buffers",
              "max_wal_size")) {
        facts.put(setting, Book.texts(connection, "show " + setting).getFirst());
      }
    }
    facts.put("file_system", Files.getFileStore(WORK).type());
    return facts;
  }

  private static Server.Command payments(String process, Map<String, String> environment) {
    return new Server.Command(
        "payments " + process,
        List.of("-jar", ARTIFACT.toString(), process),
        Map.copyOf(environment),
        WORK.resolve("payments-" + process + ".log"));
  }

  private Map<String, String> environment(String databaseUrl) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOST", "127.0.0.1");
    environment.put("DATABASE_URL", databaseUrl);
    environment.put("DATABASE_POOL_SIZE", String.valueOf(CONNECTIONS));
    environment.put("OIDC_ISSUER", issuer.url().toString());
    environment.put("OIDC_AUDIENCE", "payments");
    environment.put("CARDS_URL", "http://127.0.0.1:9"); // no worker runs, so nobody calls it
    environment.put("DEPLOYMENT", "benchmark");
    environment.put("RELEASE", "benchmark");
    environment.put("DRAIN_DELAY", "0s");
    return environment;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList().reversed()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    issuer.close();
    postgres.close();
  }
}
