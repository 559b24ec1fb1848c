package dev.manyfactor.testing;

import dev.manyfactor.config.Environment;
import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.RunningService;
import dev.manyfactor.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A service and its upstreams in this JVM, with their databases and their issuer.
final class TestFormation implements AutoCloseable {
  private static final int POSTGRES = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final Issuer issuer;
  private final Map<String, String> upstreamVariables = new HashMap<>();
  private final Deque<RunningService> running = new ArrayDeque<>();
  private final TestService service;

  private TestFormation(ServiceExtension.Setting setting, EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.issuer = startIssuer();
    setting.upstreams().forEach(type -> start(ServiceOf.type(type), Map.of()));
    this.service =
        start(ServiceOf.type(setting.service()), ServiceOf.variables(setting.environment()));
  }

  static TestFormation start(ServiceExtension.Setting setting) {
    try {
      return new TestFormation(setting, EmbeddedPostgres.shared(POSTGRES));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was starting", stopping);
    }
  }

  TestService service() {
    return service;
  }

  private static Issuer startIssuer() {
    try {
      return Issuer.start(Files.createTempDirectory("issuer"), InstantSource.system());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private TestService start(Service started, Map<String, String> further) {
    String database = started.name().replace('-', '_') + '_' + DATABASES.incrementAndGet();
    ServiceDatabase addresses = postgres.createDatabase(database);
    Map<String, String> variables = variables(started, addresses);
    variables.putAll(further);
    var tested = new TestService.Parts(started, Environment.of(variables), issuer, addresses);
    TestTasks.run(tested, "migrate").expectSuccess();
    RunningService process = started.start(ProcessType.ALL, tested.environment());
    running.push(process);
    process.awaitReady(PATIENCE);
    offerAsUpstream(started, process);
    return new TestService(tested, process);
  }

  private Map<String, String> variables(Service started, ServiceDatabase addresses) {
    Map<String, String> variables = new HashMap<>(upstreamVariables);
    variables.put("PORT", "0");
    variables.put("MANAGEMENT_PORT", "0");
    variables.put("HOST", "127.0.0.1");
    variables.put("DATABASE_URL", addresses.servingUrl());
    variables.put("DATABASE_MIGRATION_URL", addresses.ownerUrl());
    variables.put("OIDC_ISSUER", issuer.url().toString());
    variables.put("OIDC_AUDIENCE", started.name());
    variables.put("DEPLOYMENT", "test");
    variables.put("RELEASE", "test");
    variables.put("DRAIN_DELAY", "0s");
    variables.put("RESPONSE_CHECK", "true");
    variables.put("LOG_LEVEL", "warn");
    return variables;
  }

  /// Lets the services that start after this one call it, with tokens for any of its scopes.
  private void offerAsUpstream(Service started, RunningService process) {
    String prefix = started.name().replace('-', '_').toUpperCase(Locale.ROOT);
    Set<String> scopes = started.scopes();
    Client client =
        Client.service(
            "caller-of-" + started.name(),
            new Client.Rights.Fixed(
                "caller-of-" + started.name(), started.name(), "upstream", scopes));
    issuer.register(client);
    upstreamVariables.put(prefix + "_URL", "http://127.0.0.1:" + process.port());
    upstreamVariables.put(prefix + "_CLIENT_ID", client.id());
    upstreamVariables.put(prefix + "_CLIENT_SECRET", client.secret());
    upstreamVariables.put(prefix + "_SCOPE", String.join(" ", scopes));
    upstreamVariables.put(prefix + "_AUDIENCE", started.name());
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().stop();
    }
    issuer.close();
  }
}
