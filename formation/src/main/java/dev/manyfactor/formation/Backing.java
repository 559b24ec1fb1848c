package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.IssuerAccess;
import dev.manyfactor.formation.ServiceLauncher.Wires;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the services of a formation lean on: PostgreSQL and the issuer; and what each is told of
/// it.
final class Backing {
  private static final int SHOWN_LINES = 20;

  private final FormationHome home;
  private final Surroundings surroundings;
  private final Consumer<Event> events;
  private final FormationSettings.Data data;
  private final Map<Integer, EmbeddedPostgres> servers = new ConcurrentSkipListMap<>();
  private final Client developer = Client.developer();
  private @Nullable ExternalPostgres external;
  private @Nullable Issuer issuer;

  Backing(
      FormationHome home,
      Surroundings surroundings,
      Consumer<Event> events,
      FormationSettings.Data data) {
    this.home = home;
    this.data = data;
    this.surroundings = surroundings;
    this.events = events;
  }

  /// Fails if there is no PostgreSQL of a version that is asked for, before anything is started.
  void check(List<Manifest> members) {
    List<Integer> versions = versions(members);
    if (data.server().isPresent()) {
      ExternalPostgres server = new ExternalPostgres(data.server().get(), home);
      events.accept(server.check(versions));
      external = server;
    } else {
      versions.forEach(PostgresBinaries::unpack);
    }
  }

  /// Removes what earlier formations kept, as far as it is what this one would use.
  void removeKept(String service) throws InterruptedException {
    List<String> removed = new ArrayList<>(FreshStart.in(home, external == null));
    if (external != null) {
      external.dropOurs().forEach(name -> removed.add("the database " + name + " on the server"));
    }
    String all = removed.isEmpty() ? "nothing, there was none" : String.join(", ", removed);
    events.accept(new Event.Noted(service, "--fresh removed " + all));
  }

  /// Starts what the members need, and no more.
  void start(List<Manifest> members, Parts parts) throws InterruptedException {
    for (Dependency dependency : all(members)) {
      switch (dependency) {
        case Dependency.Postgres _ when external != null -> {}
        case Dependency.Postgres postgres -> startPostgres(postgres.version(), parts);
        case Dependency.Oidc _ -> startIssuer(parts);
        case Dependency.Service service when service.access().isPresent() -> startIssuer(parts);
        case Dependency.Service _ -> {}
      }
    }
  }

  private static List<Integer> versions(List<Manifest> members) {
    return all(members).stream()
        .filter(Dependency.Postgres.class::isInstance)
        .map(dependency -> ((Dependency.Postgres) dependency).version())
        .distinct()
        .toList();
  }

  private static List<Dependency> all(List<Manifest> members) {
    return members.stream().map(Manifest::dependencies).flatMap(Collection::stream).toList();
  }

  private void startPostgres(int version, Parts parts) throws InterruptedException {
    if (servers.containsKey(version)) {
      return;
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.start(home.postgres(version), version, Durability.ON);
    servers.put(version, server);
    parts.add(new PostgresPart(server, events));
    events.accept(
        new Event.Provided(
            "PostgreSQL " + version,
            "127.0.0.1:%d, fsync and synchronous_commit on, data in %s"
                .formatted(server.port(), home.postgres(version))));
  }

  private void startIssuer(Parts parts) {
    if (issuer != null) {
      return;
    }
    Issuer started = Issuer.start(home.folder(), surroundings.clock());
    issuer = started;
    started.register(developer);
    parts.add(new IssuerPart(started, events));
    events.accept(new Event.Provided("OIDC issuer", started.url().toString()));
  }

  /// The servers that have been started; safe on many threads.
  List<EmbeddedPostgres> servers() {
    return List.copyOf(servers.values());
  }

  /// Calls `ended` with a description when a server ends.
  void watch(Consumer<FormationException> ended) {
    servers.forEach((version, server) -> {
      var _ = server.onExit().thenAccept(code -> ended.accept(failureOf(version, code)));
    });
  }

  private FormationException failureOf(int version, int code) {
    return new FormationException(
        ExitCode.UNAVAILABLE.number(),
        "PostgreSQL %d ended with exit code %d, and nobody asked it to; the end of its log is below"
            .formatted(version, code),
        Tail.of(home.postgres(version).resolve("postgres.log"), SHOWN_LINES));
  }

  /// How the developer gets tokens, if anybody checks them.
  Optional<IssuerAccess> access() {
    return Optional.ofNullable(issuer)
        .map(started -> new IssuerAccess(started.url(), developer.id(), developer.secret()));
  }

  /// What `member` is told.
  ///
  /// @param placements where the services of the formation are
  Wires wires(Manifest member, List<Placement> placements, String mark)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>();
    Map<String, String> release = new HashMap<>();
    if (!surroundings.environment().containsKey("RELEASE")) {
      Commit.of(member).ifPresent(commit -> environment.put("RELEASE", commit));
    }
    for (Dependency dependency : member.dependencies()) {
      switch (dependency) {
        case Dependency.Postgres postgres -> {
          ServiceDatabase database = databaseOf(member, postgres.version());
          environment.put(postgres.variable(), database.servingUrl());
          release.put(postgres.migrationVariable(), database.ownerUrl());
        }
        case Dependency.Oidc oidc -> {
          environment.put("OIDC_ISSUER", started(issuer).url().toString());
          environment.put("OIDC_AUDIENCE", oidc.audience().orElse(member.name()));
        }
        case Dependency.Service service -> {
          Placement called = placementOf(service, placements);
          environment.put(service.variable(), addressOf(service, called));
          service
              .access()
              .ifPresent(access ->
                  environment.putAll(credentials(member, service, access, called.manifest())));
        }
      }
    }
    return new Wires(Map.copyOf(environment), Map.copyOf(release), mark);
  }

  private static Placement placementOf(Dependency.Service service, List<Placement> placements) {
    return placements.stream()
        .filter(placement -> placement.manifest().directory().equals(service.path()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(service.path() + " is no member"));
  }

  private static String addressOf(Dependency.Service service, Placement called) {
    return called
        .address()
        .map(URI::toString)
        .orElseThrow(() ->
            new FormationException(
                ExitCode.CONFIG,
                "%s has no process with a port, so \"%s\" cannot be an address of it; give its web process a port"
                    .formatted(service.path(), service.variable())));
  }

  private ServiceDatabase databaseOf(Manifest member, int version) {
    Databases databases = external == null ? started(servers.get(version)) : external;
    return databases.createDatabase(member.name().replace('-', '_'));
  }

  private Map<String, String> credentials(
      Manifest member, Dependency.Service service, Dependency.Access access, Manifest called) {
    String audience = access.audience().orElse(called.name());
    Client client =
        Client.service(
            member.name() + "." + service.name(),
            new Client.Rights.Fixed(
                member.name(), audience, access.tenant().orElse(member.name()), access.scopes()));
    started(issuer).register(client);
    return Map.of(
        service.prefix() + "CLIENT_ID", client.id(),
        service.prefix() + "CLIENT_SECRET", client.secret(),
        service.prefix() + "SCOPE", String.join(" ", new TreeSet<>(access.scopes())),
        service.prefix() + "AUDIENCE", audience);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("asked for before it was started");
    }
    return part;
  }
}
