package dev.manyfactor.testing;

import dev.manyfactor.config.Environment;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.Service;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A service that runs, for a test to use as its clients and its operators do.
///
/// Safe on many threads, but for what starts and ends processes.
public final class TestService {
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private final Parts parts;
  private final List<TestProcess> further = new ArrayList<>();
  private @Nullable TestProcess process;

  TestService(Parts parts) {
    this.parts = parts;
  }

  /// What a tested service is made of.
  ///
  /// @param type the class that it was found by
  /// @param variables its environment; port 0 is any free one
  record Parts(
      Class<?> type,
      Service service,
      Map<String, String> variables,
      ServiceDatabase database,
      TestFormation formation) {
    Environment environment() {
      return Environment.of(variables);
    }

    Issuer issuer() {
      return formation.issuer();
    }
  }

  /// Starts its process and waits until it is ready.
  void begin(ProcessType type, boolean outside) {
    process = TestProcess.start(parts, type, outside).ready();
  }

  /// Where the API is.
  public URI url() {
    return process().url();
  }

  /// Where probes, metrics and info are.
  public URI managementUrl() {
    return process().managementUrl();
  }

  /// The process that was started with the service.
  public TestProcess process() {
    return Objects.requireNonNull(process, "the service has not begun");
  }

  /// Starts another process of this service, as an operating system's process of its own in the
  /// same environment, and waits until it is ready. It ends after the test, if not before.
  ///
  /// @throws IllegalStateException if the clock was moved, which another process does not hear of
  public TestProcess start(ProcessType type) {
    if (parts.formation().clock().isMoved()) {
      throw new IllegalStateException(
          "a process of its own keeps the machine's time; start it in a test that does not move the"
              + " clock");
    }
    TestProcess started = TestProcess.start(parts, type, true);
    further.add(started);
    return started.ready();
  }

  /// A service that this one calls.
  ///
  /// @param type one of the classes that `upstreams` names
  public TestService upstream(Class<?> type) {
    return parts.formation().service(type);
  }

  /// The time of this service, its upstreams and its issuer.
  ///
  /// @throws IllegalStateException if one of them is a process of its own, which keeps its own time
  public TestClock clock() {
    if (parts.formation().hasProcesses()) {
      throw new IllegalStateException(
          "the clock moves services inside of the test's JVM only; let @ServiceTest say processes ="
              + " false, and start no further process");
    }
    return parts.formation().clock();
  }

  /// What the services inside of the test's JVM did for a request: itself, its transactions, its
  /// jobs, its calls, and what the services called did for them.
  public TestTrace trace(TestResponse response) {
    return new TestTrace(response.traceId(), parts.formation().spans());
  }

  boolean hasProcesses() {
    return process().isOutside() || !further.isEmpty();
  }

  /// Makes good what a test has done to its process.
  void mend() {
    process().mend();
  }

  /// Ends the processes that a test has added.
  void endFurther() {
    further.forEach(TestProcess::end);
    further.clear();
  }

  /// Ends its processes.
  void close() {
    endFurther();
    if (process != null) {
      process.end();
    }
  }

  /// The name of a tenant that no other test has.
  public String newTenant() {
    return "tenant-" + TENANTS.incrementAndGet();
  }

  /// A client of a tenant that no other test has.
  ///
  /// @param scopes what its token grants, separated by spaces
  public TestClient client(String scopes) {
    return client(newTenant(), scopes);
  }

  /// A client of this tenant.
  ///
  /// @param scopes what its token grants, separated by spaces
  public TestClient client(String tenant, String scopes) {
    return TestClient.of(url(), token(tenant, scopes));
  }

  /// A client that presents no token.
  public TestClient stranger() {
    return TestClient.of(url());
  }

  /// A client of the management port.
  public TestClient operator() {
    return TestClient.of(managementUrl());
  }

  /// An access token.
  public String token(String tenant, String scopes) {
    return token(new Claims("tester", parts.service().name(), tenant, Set.of(scopes.split(" "))));
  }

  /// An access token with exactly these claims.
  public String token(Claims claims) {
    return parts.issuer().token(claims);
  }

  /// Runs a command of the artifact, for example `export-customers --tenant acme`, in the
  /// environment of the service.
  public CommandResult run(String... arguments) {
    return TestTasks.run(parts, arguments);
  }

  /// A connection of the role that owns the tables, to look at what the service has stored. The
  /// caller closes it.
  ///
  /// Row-level security holds for it too: set `manyfactor.tenant` first.
  public Connection connect() throws SQLException {
    URI address = URI.create(parts.database().ownerUrl());
    String[] login = address.getUserInfo().split(":", 2);
    var properties = new Properties();
    properties.setProperty("user", login[0]);
    properties.setProperty("password", login[1]);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + address.getHost() + ':' + address.getPort() + address.getPath(),
        properties);
  }
}
