package dev.manyfactor.prover.stage;

import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.standin.Mutant;
import dev.manyfactor.prover.standin.StandInIssuer;
import dev.manyfactor.prover.standin.StandInUpstream;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Principal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The dependencies of the service in one scene, each behind a proxy: a copy of the database, an
/// issuer and upstreams of our own.
final class Surrounding implements AutoCloseable {
  private final Stage stage;
  private final Transcript transcript;
  private final List<ProxiedLink> links = new ArrayList<>();
  private final Map<String, StandInUpstream> upstreams = new HashMap<>();
  private final Map<String, Client> clients = new HashMap<>(); // by the service that is called
  private final List<CopiedDatabase> copies = new CopyOnWriteArrayList<>();
  private @Nullable StandInIssuer issuer;
  private volatile @Nullable PostgresProxy wire;
  private @Nullable CopiedDatabase database;

  Surrounding(Stage stage, Transcript transcript) {
    this.stage = stage;
    this.transcript = transcript;
    try {
      manifest().dependencies().forEach(this::stand);
    } catch (RuntimeException failure) {
      close(); // nobody else knows of what has been started
      throw failure;
    }
  }

  private void stand(Dependency dependency) {
    switch (dependency) {
      case Dependency.Postgres _ -> link(dependency, loopback(stage.backing().databasePort()));
      case Dependency.Oidc _ -> startIssuer(dependency);
      case Dependency.Service service -> startUpstream(service);
    }
  }

  private Manifest manifest() {
    return stage.subject().manifest();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private ProxiedLink link(Dependency dependency, InetSocketAddress target) {
    ProxiedLink link = new ProxiedLink(dependency, TcpProxy.to(target), transcript);
    links.add(link);
    return link;
  }

  private void startIssuer(Dependency dependency) {
    StandInIssuer started = StandInIssuer.start(stage.backing().keys(), stage.surroundings());
    issuer = started;
    started.advertise(URI.create(link(dependency, started.address()).address()));
  }

  private void startUpstream(Dependency.Service service) {
    StandInUpstream upstream = StandInUpstream.start(stage.surroundings().nanos());
    upstreams.put(service.name(), upstream);
    upstream.answer(ContractAnswers.ofServiceIn(service.path()));
    link(service, upstream.address());
  }

  List<Link> links() {
    return List.copyOf(links);
  }

  /// Where the service may connect.
  Set<Integer> ports() {
    Set<Integer> ports = new HashSet<>();
    links.forEach(link -> ports.add(link.proxy().port()));
    PostgresProxy reading = wire;
    if (reading != null) {
      ports.add(reading.port());
    }
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

  CopiedDatabase emptyDatabase() {
    CopiedDatabase empty = stage.backing().empty();
    copies.add(empty);
    return empty;
  }

  /// What the task of the release is told beside.
  ///
  /// @param other a database instead of the scene's own
  Map<String, String> migrationAddresses(Optional<Database> other) {
    Map<String, String> addresses = new HashMap<>();
    for (ProxiedLink link : links) {
      if (link.dependency() instanceof Dependency.Postgres postgres) {
        Database to = other.or(this::database).orElseThrow();
        String direct = ((CopiedDatabase) to).address().ownerUrl();
        addresses.put(postgres.migrationVariable(), proxied(link, direct));
      }
    }
    return addresses;
  }

  /// What the service is told of them.
  ///
  /// @param other a database instead of the scene's own
  Map<String, String> addresses(Optional<Database> other) {
    Map<String, String> addresses = new HashMap<>();
    for (ProxiedLink link : links) {
      switch (link.dependency()) {
        case Dependency.Postgres postgres ->
            addresses.put(postgres.variable(), url(link, other.or(this::database).orElseThrow()));
        case Dependency.Oidc _ -> {
          addresses.put("OIDC_ISSUER", link.address());
          addresses.put("OIDC_AUDIENCE", Environment.audience(manifest()));
        }
        case Dependency.Service service -> {
          addresses.put(service.variable(), link.address());
          service.access().ifPresent(access -> addresses.putAll(credentials(service, access)));
        }
      }
    }
    return addresses;
  }

  private String url(ProxiedLink link, Database to) {
    return proxied(link, ((CopiedDatabase) to).address().servingUrl());
  }

  private String proxied(ProxiedLink link, String direct) {
    PostgresProxy reading = wire;
    int port = reading == null ? link.proxy().port() : reading.port();
    return direct.replace(":" + stage.backing().databasePort() + "/", ":" + port + "/");
  }

  /// The proxy that reads what goes to the database; from the first call on it takes the place of
  /// the link's.
  synchronized Optional<PostgresProxy> wire() {
    if (wire == null && stage.backing().original().isPresent()) {
      wire = PostgresProxy.to(loopback(stage.backing().databasePort()));
    }
    return Optional.ofNullable(wire);
  }

  /// The services that this one calls, by the names of the dependencies.
  Map<String, StandInUpstream> upstreams() {
    return Map.copyOf(upstreams);
  }

  /// As `mf up` gives them to a service that calls another: the same to every process, or the first
  /// would be turned away once the second has its own.
  private Map<String, String> credentials(Dependency.Service service, Dependency.Access access) {
    Client client =
        clients.computeIfAbsent(service.name(), _ -> registered(service.name(), access));
    return Map.of(
        service.prefix() + "CLIENT_ID", client.id(),
        service.prefix() + "CLIENT_SECRET", client.secret(),
        service.prefix() + "SCOPE", String.join(" ", new TreeSet<>(access.scopes())),
        service.prefix() + "AUDIENCE", audience(service.name(), access));
  }

  private Client registered(String called, Dependency.Access access) {
    Client client =
        Client.service(
            manifest().name() + "." + called,
            new Client.Rights.Fixed(
                manifest().name(),
                audience(called, access),
                access.tenant().orElse(manifest().name()),
                access.scopes()));
    stage.secrets().add(client.secret());
    if (issuer != null) {
      issuer.register(client);
    }
    return client;
  }

  private static String audience(String called, Dependency.Access access) {
    return access.audience().orElse(called);
  }

  /// A token of the user that samples are sent as.
  String token(Set<String> scopes) {
    return token(scopes, Principal.USUAL);
  }

  /// A token of somebody.
  String token(Set<String> scopes, Principal bearer) {
    return remembered(issuer().token(claims(scopes, bearer)));
  }

  /// A token of that user that is wrong in one way.
  String mutant(Mutant mutant, Set<String> scopes) {
    return remembered(issuer().mutant(mutant, claims(scopes, Principal.USUAL)));
  }

  private StandInIssuer issuer() {
    if (issuer == null) {
      throw new IllegalStateException(manifest().name() + " has no issuer to ask for tokens");
    }
    return issuer;
  }

  private Claims claims(Set<String> scopes, Principal bearer) {
    return new Claims(bearer.subject(), Environment.audience(manifest()), bearer.tenant(), scopes);
  }

  private String remembered(String token) {
    stage.secrets().add(token);
    return token;
  }

  @Override
  public void close() {
    links.forEach(link -> link.proxy().close());
    upstreams.values().forEach(StandInUpstream::close);
    if (wire != null) {
      wire.close();
    }
    if (issuer != null) {
      issuer.close();
    }
    copies.forEach(stage.backing()::drop);
  }
}
