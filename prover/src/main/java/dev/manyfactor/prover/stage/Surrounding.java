package dev.manyfactor.prover.stage;

import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Link;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The dependencies of the service in one scene, each behind a proxy.
final class Surrounding implements AutoCloseable {
  private final Stage stage;
  private final List<ProxiedLink> links = new ArrayList<>();
  private final List<CopiedDatabase> copies = new CopyOnWriteArrayList<>();
  private @Nullable CopiedDatabase database;

  Surrounding(Stage stage, Transcript transcript) {
    this.stage = stage;
    for (Dependency dependency : manifest().dependencies()) {
      links.add(new ProxiedLink(dependency, proxy(dependency), transcript));
    }
  }

  private Manifest manifest() {
    return stage.subject().manifest();
  }

  private TcpProxy proxy(Dependency dependency) {
    return switch (dependency) {
      case Dependency.Postgres _ -> to(stage.backing().databasePort());
      case Dependency.Oidc _ -> to(stage.backing().issuer().orElseThrow().url().getPort());
      case Dependency.Service _ -> to(9);
    };
  }

  private static TcpProxy to(int port) {
    return TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  List<Link> links() {
    return List.copyOf(links);
  }

  /// Where the service may connect.
  Set<Integer> ports() {
    Set<Integer> ports = new HashSet<>();
    links.forEach(link -> ports.add(link.proxy().port()));
    stage.backing().issuer().ifPresent(issuer -> ports.add(issuer.url().getPort()));
    return ports;
  }

  synchronized Optional<Database> database() {
    if (stage.backing().original().isEmpty()) {
      return Optional.empty();
    }
    if (database == null) {
      database = anotherDatabase();
    }
    return Optional.of(database);
  }

  CopiedDatabase anotherDatabase() {
    CopiedDatabase copy = stage.backing().copy();
    copies.add(copy);
    return copy;
  }

  /// What the service is told of them.
  Map<String, String> addresses(Optional<Database> other) {
    Map<String, String> addresses = new HashMap<>();
    for (ProxiedLink link : links) {
      switch (link.dependency()) {
        case Dependency.Postgres postgres ->
            addresses.put(postgres.variable(), url(link, other.or(this::database).orElseThrow()));
        case Dependency.Oidc _ -> {
          addresses.put("OIDC_ISSUER", stage.backing().issuer().orElseThrow().url().toString());
          addresses.put("OIDC_AUDIENCE", Environment.audience(manifest()));
        }
        case Dependency.Service service -> addresses.putAll(upstream(service, link));
      }
    }
    return addresses;
  }

  private String url(ProxiedLink link, Database to) {
    String direct = ((CopiedDatabase) to).address().servingUrl();
    return direct.replace(
        ":" + stage.backing().databasePort() + "/", ":" + link.proxy().port() + "/");
  }

  private Map<String, String> upstream(Dependency.Service service, ProxiedLink link) {
    Map<String, String> told = new HashMap<>();
    told.put(service.variable(), "http://127.0.0.1:" + link.proxy().port());
    service
        .access()
        .ifPresent(access -> {
          told.put(service.prefix() + "CLIENT_ID", manifest().name() + "." + service.name());
          told.put(service.prefix() + "CLIENT_SECRET", stage.secrets().random());
          told.put(service.prefix() + "SCOPE", String.join(" ", access.scopes()));
          told.put(service.prefix() + "AUDIENCE", access.audience().orElse(service.name()));
        });
    return told;
  }

  String token(Set<String> scopes) {
    return stage.backing().token(scopes);
  }

  @Override
  public void close() {
    links.forEach(link -> link.proxy().close());
    copies.forEach(stage.backing()::drop);
  }
}
