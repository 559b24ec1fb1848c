package dev.manyfactor.chaos.sweep;

import dev.manyfactor.chaos.contact.Desk;
import dev.manyfactor.chaos.contact.Look;
import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.contact.Tokens;
import dev.manyfactor.chaos.history.History;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Wiring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Where the cells of some subjects are tried one after the other: a [Backdrop], and the processes
/// that are attacked.
///
/// For one thread, apart from what is said to be for others.
final class Theatre implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration REST = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private final Manifest manifest;
  private final Surroundings surroundings;
  private final Backdrop backdrop;
  private final HttpClient http;
  private final Post post;
  private final Map<String, Actor> actors = new HashMap<>();
  private final Map<String, CompletableFuture<Actor>> spares = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Desk desk;

  private Theatre(Manifest manifest, Surroundings surroundings, Backdrop backdrop) {
    this.manifest = manifest;
    this.surroundings = surroundings;
    this.backdrop = backdrop;
    this.http = Post.client();
    this.post = new Post(http, new Tokens(http, backdrop.state(), surroundings.nanos()));
    this.desk = new Desk(backdrop.postgres(), Look.database(manifest));
  }

  /// Starts it.
  ///
  /// @param home gets databases, keys and logs
  /// @param types the process types of which one is attacked
  static Theatre open(Manifest manifest, Path home, Surroundings surroundings, Set<String> types)
      throws InterruptedException {
    Backdrop backdrop = Backdrop.open(manifest, home, surroundings);
    Theatre theatre = new Theatre(manifest, surroundings, backdrop);
    boolean ready = false;
    try {
      for (String type : types) {
        theatre.actors.put(type, Actor.start(theatre.part(type)));
      }
      for (Actor actor : theatre.actors.values()) {
        actor.awaited();
      }
      ready = true;
      return theatre;
    } finally {
      if (!ready) {
        theatre.close();
      }
    }
  }

  private Actor.Part part(String name) {
    FormationState.ServiceState service = backdrop.state().main();
    ProcessType type =
        manifest.programs().processes().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    String variable = manifest.dependencies(Dependency.Postgres.class).getFirst().variable();
    Map<String, String> environment =
        Wiring.environment(
            manifest,
            surroundings.environment(),
            List.of(
                service.environment(),
                manifest.chaos().environment(),
                Map.of(FormationState.MARK, backdrop.state().id())));
    return new Actor.Part(
        manifest,
        type,
        environment,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), backdrop.postgres().port()),
        variable,
        service.environment().getOrDefault(variable, ""));
  }

  Manifest manifest() {
    return manifest;
  }

  /// The operation of a name, of which there is one.
  Chaos.Operation operation(String name) {
    return manifest.chaos().operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  InstantSource clock() {
    return surroundings.clock();
  }

  Post post() {
    return post;
  }

  Desk desk() {
    return desk;
  }

  /// For what is done beside; it ends with what it does.
  ExecutorService threads() {
    return threads;
  }

  /// Where the service is asked by those who are not attacked.
  URI bystander() {
    return backdrop.state().main().address().orElseThrow();
  }

  /// The process of a type that is attacked.
  Actor actor(String type) {
    Actor actor = actors.get(type);
    if (actor == null) {
      throw new IllegalArgumentException("nobody plays " + type);
    }
    return actor;
  }

  /// One more process of a type, until it is closed. For any thread.
  Actor another(String type) throws InterruptedException {
    Actor another = Actor.start(part(type));
    boolean ready = false;
    try {
      another.awaited();
      ready = true;
      return another;
    } finally {
      if (!ready) {
        another.close();
      }
    }
  }

  /// Puts a new process in the place of the one there is, and ends that one.
  ///
  /// A process that serves does nothing by itself, so that the next one waits ready behind the
  /// scenes; any other would work, and is started when it is needed.
  void replace(String type) throws InterruptedException {
    actor(type).close();
    CompletableFuture<Actor> spare = spares.remove(type);
    actors.put(type, spare == null ? another(type) : awaited(spare));
    if (type.equals(Backdrop.server(manifest).name())) {
      spares.put(type, CompletableFuture.supplyAsync(() -> spare(type), threads));
    }
  }

  private Actor spare(String type) {
    try {
      return another(type);
    } catch (InterruptedException closing) {
      throw new IllegalStateException("closing", closing);
    }
  }

  private static Actor awaited(CompletableFuture<Actor> spare) throws InterruptedException {
    try {
      return spare.get(); // bounded by the time that a process has to become ready
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FormationException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  /// Ends a session as its administrator, and says whether it has gone. For any thread.
  boolean terminate(int backend) {
    try (Desk administrator = new Desk(backdrop.postgres(), "postgres")) {
      return administrator
          .column("select pg_terminate_backend(%d, 5000)".formatted(backend))
          .equals(List.of("t"));
    } catch (SQLException gone) {
      return false;
    }
  }

  /// How many effects a query finds under an identity. For any thread.
  long effects(String query, String identity) {
    try (Desk own = new Desk(backdrop.postgres(), Look.database(manifest))) {
      return Long.parseLong(own.column(counting(query, identity)).getFirst());
    } catch (SQLException failure) {
      throw unasked(query, failure);
    }
  }

  private static String counting(String query, String identity) {
    return "select count(*) from (%s) as found (identity) where identity::text = '%s'"
        .formatted(query, identity.replace("'", "''"));
  }

  /// All that a query finds, each row in one line.
  List<String> all(String query) {
    try {
      return desk.rows(query).stream().map(row -> String.join(" ", row)).toList();
    } catch (SQLException failure) {
      throw unasked(query, failure);
    }
  }

  private static FormationException unasked(String query, SQLException failure) {
    return new FormationException(
        ExitCode.CONFIG,
        "chaos: a query of %s cannot be asked: %s; the query is: %s"
            .formatted(Manifest.FILE, failure.getMessage(), query));
  }

  /// Waits until all work is done; empty when it is, else what is left.
  List<String> awaitRest() throws InterruptedException {
    if (manifest.chaos().rest().isEmpty()) {
      return List.of();
    }
    String rest = manifest.chaos().rest().get();
    for (Duration waited = Duration.ZERO; waited.compareTo(REST) < 0; waited = waited.plus(POLL)) {
      if (all(rest).isEmpty()) {
        return List.of();
      }
      Thread.sleep(POLL);
    }
    return List.of("work is left after %d s: %s".formatted(REST.toSeconds(), all(rest)));
  }

  /// The invariants that do not hold, and held until now. Work that begins by itself may be in the
  /// middle of something, so that only what stays is told.
  List<String> invariants() throws InterruptedException {
    List<History.Broken> wrong = wrong();
    for (Duration waited = Duration.ZERO;
        !wrong.isEmpty() && waited.compareTo(SETTLE) < 0;
        waited = waited.plus(POLL.multipliedBy(10))) {
      Thread.sleep(POLL.multipliedBy(10));
      wrong = wrong();
    }
    wrong.forEach(one -> broken.add(one.invariant()));
    return wrong.stream()
        .map(one -> "%s: %s".formatted(one.invariant(), String.join("; ", one.rows())))
        .toList();
  }

  private List<History.Broken> wrong() {
    try (Look look = new Look(manifest, backdrop.postgres())) {
      return look.broken().stream().filter(one -> !broken.contains(one.invariant())).toList();
    }
  }

  @Override
  public void close() {
    spares
        .values()
        .forEach(spare -> {
          var _ =
              spare.whenComplete((actor, _) -> {
                if (actor != null) {
                  actor.close();
                }
              });
        });
    actors.values().forEach(Actor::close);
    threads.close();
    desk.close();
    http.close();
    backdrop.close();
  }
}
