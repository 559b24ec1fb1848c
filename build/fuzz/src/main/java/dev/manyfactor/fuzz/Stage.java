package dev.manyfactor.fuzz;

import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.generate.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What requests are sent to: the real artifacts, a PostgreSQL and an issuer.
final class Stage implements AutoCloseable {
  private static final int POSTGRES = 18;
  private static final String TENANT = "fuzz";

  private final Path root;
  private final Path work;
  private final EmbeddedPostgres postgres;
  private final Issuer issuer;
  private final Issuer stranger;
  private final Deque<ServiceProcess> running = new ArrayDeque<>();
  private final Map<String, String> upstreams = new HashMap<>();

  private Stage(Path root, Path work, Surroundings surroundings)
      throws InterruptedException, IOException {
    this.root = root;
    this.work = work;
    this.postgres = EmbeddedPostgres.shared(POSTGRES);
    this.issuer = Issuer.start(Files.createTempDirectory(work, "issuer"), surroundings.clock());
    this.stranger = Issuer.start(Files.createTempDirectory(work, "stranger"), surroundings.clock());
  }

  /// @param root of the checkout, where the artifacts are
  static Stage open(Path root, Surroundings surroundings) throws InterruptedException, IOException {
    Path work = Files.createDirectories(root.resolve("build/fuzz/target/work"));
    return new Stage(root, work, surroundings);
  }

  /// A service that runs, and how to ask it.
  ///
  /// @param secrets what only the service itself may know
  record Actor(ServiceProcess process, Subject subject, List<String> secrets) {}

  /// Starts a service, which those started after it can call.
  ///
  /// @param folder of the service in the checkout
  Actor start(String folder) throws InterruptedException, IOException {
    Path service = root.resolve(folder);
    String name = service.getFileName().toString();
    Path artifact = service.resolve("target").resolve(name).resolve(name + ".jar");
    if (!Files.exists(artifact)) {
      throw new IllegalStateException(artifact + " is not there; build it first: ./mvnw verify");
    }
    ServiceDatabase database =
        postgres.createDatabase(name.replace('-', '_') + "_" + running.size());
    Map<String, String> environment = environment(name, database);
    migrate(artifact, environment, database);
    ServiceProcess process =
        ServiceProcess.launch(artifact, "all", environment, work.resolve(name + ".log"));
    running.push(process);
    Api api = Api.parse(process.awaitReady().contract());
    Set<String> scopes = scopes(api);
    offer(name, process.port("PORT"), scopes);
    var subject = new Subject(name, api, process.port("PORT"), tokens(name, scopes));
    return new Actor(process, subject, secrets(environment));
  }

  /// The passwords within addresses, and the secrets of clients.
  private static List<String> secrets(Map<String, String> environment) {
    return environment.entrySet().stream()
        .flatMap(variable ->
            switch (variable.getKey()) {
              case "DATABASE_URL" ->
                  Stream.of(URI.create(variable.getValue()).getUserInfo().split(":", 2)[1]);
              case String name when name.endsWith("_CLIENT_SECRET") ->
                  Stream.of(variable.getValue());
              case String _ -> Stream.empty();
            })
        .toList();
  }

  private void migrate(Path artifact, Map<String, String> environment, ServiceDatabase database)
      throws InterruptedException {
    Map<String, String> owners = new HashMap<>(environment);
    owners.put("DATABASE_MIGRATION_URL", database.ownerUrl());
    ServiceProcess.launch(artifact, "migrate", owners, work.resolve("migrate.log")).awaitSuccess();
  }

  private Map<String, String> environment(String name, ServiceDatabase database) {
    Map<String, String> environment = new HashMap<>(upstreams);
    environment.put("PORT", String.valueOf(ServiceProcess.freePort()));
    environment.put("MANAGEMENT_PORT", String.valueOf(ServiceProcess.freePort()));
    environment.put("HOST", "127.0.0.1");
    environment.put("DATABASE_URL", database.servingUrl());
    environment.put("OIDC_ISSUER", issuer.url().toString());
    environment.put("OIDC_AUDIENCE", name);
    environment.put("DEPLOYMENT", "fuzz");
    environment.put("RELEASE", "fuzz");
    environment.put("DRAIN_DELAY", "0s");
    environment.put("LOG_LEVEL", "info");
    return environment;
  }

  private static Set<String> scopes(Api api) {
    Set<String> all = new TreeSet<>();
    api.operations().stream()
        .map(ApiOperation::scopes)
        .flatMap(Optional::stream)
        .forEach(all::addAll);
    return all;
  }

  private Tokens tokens(String audience, Set<String> scopes) {
    var good = new Claims("fuzz", audience, TENANT, scopes);
    return new Tokens(
        issuer.token(good),
        issuer.token(new Claims("fuzz", audience, "another", scopes)),
        issuer.token(new Claims("fuzz", audience, TENANT, Set.of("nothing:here"))),
        List.of(
            issuer.token(good, Duration.ofMinutes(-10)),
            issuer.token(new Claims("fuzz", "another-service", TENANT, scopes)),
            stranger.token(good)));
  }

  private void offer(String name, int port, Set<String> scopes) {
    String prefix = name.replace('-', '_').toUpperCase(Locale.ROOT);
    Client client =
        Client.service(
            "caller-of-" + name, new Client.Rights.Fixed("caller", name, "upstream", scopes));
    issuer.register(client);
    upstreams.put(prefix + "_URL", "http://127.0.0.1:" + port);
    upstreams.put(prefix + "_CLIENT_ID", client.id());
    upstreams.put(prefix + "_CLIENT_SECRET", client.secret());
    upstreams.put(prefix + "_SCOPE", String.join(" ", scopes));
    upstreams.put(prefix + "_AUDIENCE", name);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().close();
    }
    issuer.close();
    stranger.close();
  }
}
