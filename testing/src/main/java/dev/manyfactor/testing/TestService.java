package dev.manyfactor.testing;

import dev.manyfactor.config.Environment;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.service.RunningService;
import dev.manyfactor.service.Service;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that runs, for a test to use as its clients and its operators do.
///
/// Safe on many threads.
public final class TestService {
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private final Parts parts;
  private final RunningService process;

  TestService(Parts parts, RunningService process) {
    this.parts = parts;
    this.process = process;
  }

  /// What a tested service is made of.
  record Parts(Service service, Environment environment, Issuer issuer, ServiceDatabase database) {}

  /// Where the API is.
  public URI url() {
    return URI.create("http://127.0.0.1:" + process.port());
  }

  /// Where probes, metrics and info are.
  public URI managementUrl() {
    return URI.create("http://127.0.0.1:" + process.managementPort());
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
