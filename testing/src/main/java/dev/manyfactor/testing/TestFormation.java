package dev.manyfactor.testing;

import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.Service;
import dev.manyfactor.service.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A service and its upstreams, with their databases, their issuer and their clock.
final class TestFormation implements AutoCloseable {
  private static final int POSTGRES = 18;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Setting setting;
  private final EmbeddedPostgres postgres;
  private final Path folder = newFolder();
  private final TestClock clock = new TestClock();
  private final SpanBook spans = new SpanBook();
  private final Issuer issuer = Issuer.start(folder, clock);
  private final Map<String, String> upstreamVariables = new HashMap<>();
  private final Map<Class<?>, TestService> services = new LinkedHashMap<>();

  private TestFormation(Setting setting, EmbeddedPostgres postgres) {
    this.setting = setting;
    this.postgres = postgres;
  }

  /// Starts everything, or nothing: if one part does not start, those before it end.
  static TestFormation start(Setting setting) {
    TestFormation formation = new TestFormation(setting, postgres());
    try {
      formation.startAll();
      return formation;
    } catch (RuntimeException | Error failure) {
      formation.close();
      throw failure;
    }
  }

  private static EmbeddedPostgres postgres() {
    try {
      return EmbeddedPostgres.shared(POSTGRES);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was starting", stopping);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("manyfactor-test-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  TestService service() {
    return service(setting.service());
  }

  /// One of the services that the annotation names.
  TestService service(Class<?> type) {
    return Optional.ofNullable(services.get(type))
        .orElseThrow(() ->
            new IllegalArgumentException(
                type.getSimpleName() + " is not among the services of this @ServiceTest"));
  }

  Issuer issuer() {
    return issuer;
  }

  TestClock clock() {
    return clock;
  }

  SpanBook spans() {
    return spans;
  }

  /// Where processes write what they say.
  Path folder() {
    return folder;
  }

  /// Whether a process keeps time by itself.
  boolean hasProcesses() {
    return services.values().stream().anyMatch(TestService::hasProcesses);
  }

  private void startAll() {
    setting.upstreams().forEach(type -> start(type, ProcessType.ALL, List.of()));
    start(setting.service(), setting.type(), setting.environment());
  }

  private void start(Class<?> type, ProcessType process, List<String> further) {
    Service service =
        ServiceOf.type(type).in(new Surroundings(clock.timeAndChance(), Optional.of(spans)));
    ServiceDatabase database =
        postgres.createDatabase(
            service.name().replace('-', '_') + '_' + DATABASES.incrementAndGet());
    var parts =
        new TestService.Parts(
            type, service, variables(service.name(), database, further), database, this);
    TestTasks.run(parts, "migrate").expectSuccess();
    var started = new TestService(parts);
    services.put(type, started);
    started.begin(process, setting.processes());
    offerAsUpstream(service, started);
  }

  private Map<String, String> variables(
      String service, ServiceDatabase addresses, List<String> further) {
    Map<String, String> variables = new HashMap<>(upstreamVariables);
    variables.put("PORT", "0");
    variables.put("MANAGEMENT_PORT", "0");
    variables.put("HOST", "127.0.0.1");
    variables.put("DATABASE_URL", addresses.servingUrl());
    variables.put("DATABASE_MIGRATION_URL", addresses.ownerUrl());
    variables.put("OIDC_ISSUER", issuer.url().toString());
    variables.put("OIDC_AUDIENCE", service);
    variables.put("DEPLOYMENT", "test");
    variables.put("RELEASE", "test");
    variables.put("DRAIN_DELAY", "0s");
    variables.put("RESPONSE_CHECK", "true");
    variables.put("LOG_LEVEL", "warn");
    variables.putAll(ServiceOf.variables(further));
    return variables;
  }

  /// Lets the services that start after this one call it, with tokens for any of its scopes.
  private void offerAsUpstream(Service offered, TestService started) {
    String name = offered.name();
    String prefix = name.replace('-', '_').toUpperCase(Locale.ROOT);
    Set<String> scopes = offered.scopes();
    Client client =
        Client.service(
            "caller-of-" + name,
            new Client.Rights.Fixed("caller-of-" + name, name, "upstream", scopes));
    issuer.register(client);
    upstreamVariables.put(prefix + "_URL", started.url().toString());
    upstreamVariables.put(prefix + "_CLIENT_ID", client.id());
    upstreamVariables.put(prefix + "_CLIENT_SECRET", client.secret());
    upstreamVariables.put(prefix + "_SCOPE", String.join(" ", scopes));
    upstreamVariables.put(prefix + "_AUDIENCE", name);
  }

  /// Lets everything run again that was started with the formation.
  void mend() {
    services.values().forEach(TestService::mend);
  }

  /// Ends the processes that a test has added.
  void endFurther() {
    services.values().forEach(TestService::endFurther);
  }

  @Override
  public void close() {
    List.copyOf(services.values()).reversed().forEach(TestService::close);
    issuer.close();
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException stays) {
      // a temporary folder: the system removes what is left in it
    }
  }
}
