package dev.manyfactor.benchmarks.drain;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationSettings;
import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.FormationSettings.Shape;
import dev.manyfactor.formation.FormationState.IssuerAccess;
import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.Scale;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/// The built payments and cards as a formation: two web processes behind the router, a worker, a
/// scheduler.
final class Site implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final List<String> SERVICES = List.of("cards", "payments");
  private static final String DRAIN_DELAY = "1s"; // as in a deployment, and unlike `mf up`

  private final Formation formation;
  private final CompletableFuture<Formation.Outcome> outcome;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(BOUND).build();

  private Site(Formation formation, CompletableFuture<Formation.Outcome> outcome) {
    this.formation = formation;
    this.outcome = outcome;
  }

  /// Starts it in an empty folder, with the artifacts of this checkout.
  ///
  /// @param root of the checkout
  static Site start(Path root, Path folder, Surroundings surroundings)
      throws IOException, InterruptedException {
    for (String service : SERVICES) {
      lay(root.resolve("examples").resolve(service), folder.resolve(service));
    }
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.put("DRAIN_DELAY", DRAIN_DELAY);
    environment.put("DATABASE_ACQUIRE_TIMEOUT", "10s"); // an overload is not what this is about
    environment.put("SETTLE_SCHEDULE", "every 2s");
    var shape = new Shape(OptionalInt.of(Ports.free()), Set.of(), new Scale(List.of("web=2")));
    var running = new CompletableFuture<Event.Running>();
    var formation =
        new Formation(
            new FormationSettings(folder.resolve("payments"), shape, Data.KEPT, Patience.DEFAULT),
            new Surroundings(environment, surroundings.clock(), surroundings.nanos()),
            event -> {
              if (event instanceof Event.Running known) {
                running.complete(known);
              }
            });
    var site = new Site(formation, run(formation));
    var _ =
        site.outcome.whenComplete((_, failure) ->
            running.completeExceptionally(
                failure == null ? new IllegalStateException("the formation ended") : failure));
    try {
      running.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      return site;
    } catch (ExecutionException | TimeoutException failure) {
      site.close();
      throw new IllegalStateException("the formation did not start", failure);
    }
  }

  /// The folder of a service as it was built, and nothing to build.
  private static void lay(Path from, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("target"));
    String manifest = Files.readString(from.resolve("manyfactor.yaml"));
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        manifest
            .replaceFirst("command: .*mvnw.*", "command: 'true'")
            .replaceFirst("\\n *inputs: .*", ""));
    link(folder.resolve("src"), from.resolve("src"));
    Path built = from.resolve("target").resolve(from.getFileName());
    link(folder.resolve("target").resolve(from.getFileName()), built);
  }

  private static void link(Path link, Path target) throws IOException {
    if (!Files.exists(target)) {
      throw new IllegalStateException(target + " is not there; build it first");
    }
    Files.createSymbolicLink(link, target.toAbsolutePath());
  }

  private static CompletableFuture<Formation.Outcome> run(Formation formation) {
    var outcome = new CompletableFuture<Formation.Outcome>();
    Thread.ofPlatform()
        .name("formation")
        .start(() -> {
          try {
            outcome.complete(formation.run());
          } catch (RuntimeException | Error failure) {
            outcome.completeExceptionally(failure);
          }
        });
    return outcome;
  }

  /// Ends a process in order, and returns once the next one is ready.
  void restart(String process) throws InterruptedException {
    formation.restart(process);
  }

  /// Ends a process at once, as `kill -9` does, and has another one started.
  void kill(String process) throws InterruptedException {
    formation.state().main().processes().stream()
        .filter(state -> state.name().equals(process))
        .flatMap(state -> ProcessHandle.of(state.process().pid()).stream())
        .forEach(ProcessHandle::destroyForcibly);
    formation.restart(process);
  }

  /// The names of the processes of payments.
  List<String> processes() {
    return formation.state().main().processes().stream().map(ProcessState::name).toList();
  }

  /// Where the router listens.
  int router() {
    return formation.state().main().address().orElseThrow().getPort();
  }

  /// The ports of the web processes that say that they are ready.
  List<Integer> ready() throws InterruptedException {
    var ports = new ArrayList<Integer>();
    for (ProcessState process : formation.state().main().processes()) {
      if (process.address().isPresent() && isReady(process.management().orElseThrow())) {
        ports.add(process.address().get().getPort());
      }
    }
    return ports;
  }

  private boolean isReady(URI management) throws InterruptedException {
    try {
      HttpRequest question =
          HttpRequest.newBuilder(management.resolve("/readyz"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notThere) {
      return false;
    }
  }

  /// What a caller of tenant `acme` shows, for the scopes that the load needs.
  String token() throws IOException, InterruptedException {
    IssuerAccess issuer = formation.state().issuer().orElseThrow();
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&tenant=acme&subject=drain&audience=payments&scope=%s"
            .formatted(
                issuer.clientId(),
                issuer.clientSecret(),
                "payments:read+payments:write+customers:write");
    HttpRequest request =
        HttpRequest.newBuilder(issuer.url().resolve("/token"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(answer).path("access_token").asString();
  }

  @Override
  public void close() {
    formation.stop();
    try {
      var _ = outcome.handle((_, _) -> true).get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException late) {
      formation.kill();
    } catch (InterruptedException hurry) {
      formation.kill();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
