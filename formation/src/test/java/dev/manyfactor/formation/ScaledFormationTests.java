package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.formation.FormationState.ProcessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One formation with several instances, and what may happen to each of them while all are asked.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaledFormationTests {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String MANIFEST =
      """
      name: plain
      runtime: java 25
      processes: {web: <web>, worker: <worker>, scheduler: <scheduler>}
      dependencies: [{name: cards, kind: service, path: ../cards}]
      """;

  @TempDir private static Path folder = Path.of("");
  private Stage stage = Stage.in(folder);
  private Path service = folder;
  private Formation formation = stage.formation(folder);
  private CompletableFuture<Formation.Outcome> outcome = new CompletableFuture<>();
  private List<FormationState.ServiceState> services = List.of();
  private URI address = URI.create("http://127.0.0.1");

  @BeforeAll
  void start() throws Exception {
    stage = Stage.in(folder);
    stage.service("cards", "name: cards\nruntime: java 25\nprocesses: {web: <web>}\n");
    service = stage.service("plain", MANIFEST);
    stage.scale = new Scale(List.of("web=2", "worker=3", "scheduler=0", "cards.web=2"));
    formation = stage.formation(service, OptionalInt.of(Ports.free()));
    outcome = stage.run(formation);
    services = stage.awaitRunning(outcome).services();
    address = services.getLast().address().orElseThrow();
  }

  @AfterAll
  void theRequestsUnderWayAreAnsweredBeforeTheEnd() throws Exception {
    long before = slow();
    CompletableFuture<HttpResponse<String>> underWay =
        CLIENT.sendAsync(to("/slow"), BodyHandlers.ofString());
    Stage.await("the request", () -> slow() > before);
    formation.stop();
    assertThat(underWay.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    assertThat(Ports.isFree(address.getPort())).isTrue();
    stage.assertNothingLeft(service);
  }

  /// How many slow requests have reached an instance.
  private long slow() {
    try {
      return stage.diary().stream().filter(line -> line.endsWith(" is slow")).count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void everyInstanceHasANameAndPortsOfItsOwn() throws Exception {
    assertThat(services.getLast().processes())
        .extracting(ProcessState::name)
        .containsExactly(
            "plain.web.1", "plain.web.2", "plain.worker.1", "plain.worker.2", "plain.worker.3");
    assertThat(all())
        .extracting(process -> process.management().orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(all())
        .flatExtracting(process -> process.address().stream().toList())
        .hasSize(4)
        .doesNotHaveDuplicates()
        .doesNotContain(address);
    assertThat(stage.events).contains(new Event.Routing("plain.web", address, 2));
  }

  @Test
  void requestsAndCallsOfOtherServicesReachAllInstances() throws Exception {
    awaitBoth(address);
    URI cards = URI.create(get(address.resolve("/CARDS_URL")));
    assertThat(services.getFirst().address()).contains(cards);
    awaitBoth(cards);
  }

  /// The ports of the instances that answer.
  private static List<String> ports(URI router) throws Exception {
    return List.of(get(router.resolve("/PORT")), get(router.resolve("/PORT"))).stream()
        .distinct()
        .toList();
  }

  @Test
  void restartingOneAfterTheOtherLosesNoRequest() throws Exception {
    Load load = Load.on(address.resolve("/slow"), 6);
    for (String name : List.of("plain.web.1", "plain.worker.2", "plain.web.2")) {
      int answered = load.answers.get();
      formation.restart(name);
      Stage.await("more answers", () -> load.answers.get() >= answered + 20);
    }
    load.end();
    assertThat(load.failures).isEmpty();
    assertThat(stage.events).contains(new Event.Stopped("plain.web.1", true));
    assertThatThrownBy(() -> formation.restart("plain.web"))
        .hasMessage("no process is called \"plain.web\"");
  }

  @Test
  void whoSendsAgainSeesNothingOfAKilledInstance() throws Exception {
    long before = stage.readiness("plain.web.2");
    Load load = Load.on(address.resolve("/slow"), 6);
    int answered = load.answers.get();
    now("plain.web.2").destroyForcibly();
    Stage.await("the restart", () -> stage.readiness("plain.web.2") > before);
    Stage.await("more answers", () -> load.answers.get() >= answered + 20);
    load.end();
    assertThat(load.failures).allMatch("502"::equals).hasSizeLessThanOrEqualTo(6);
    awaitBoth(address);
  }

  @Test
  void anInstanceThatIsNotReadyAnyMoreGetsNoRequestsUntilItIs() throws Exception {
    String port = get(address.resolve("/PORT"));
    ProcessState instance =
        services.getLast().processes().stream()
            .filter(process -> process.address().toString().contains(":" + port + "]"))
            .findFirst()
            .orElseThrow();
    URI direct = instance.address().orElseThrow();
    get(direct.resolve("/unready"));
    Stage.await("its leaving", () -> !stage.events(Event.BecameUnready.class).isEmpty());
    assertThat(stage.events(Event.BecameUnready.class))
        .extracting(Event.BecameUnready::process)
        .containsExactly(instance.name());
    assertThat(ports(address)).hasSize(1).doesNotContain(port);
    get(direct.resolve("/ready"));
    Stage.await("its return", () -> stage.events.contains(new Event.ReadyAgain(instance.name())));
    awaitBoth(address);
  }

  /// Both instances answer; one may twice in a row, while the router has not seen the end of what
  /// the other has answered.
  private static void awaitBoth(URI router) throws Exception {
    Set<String> seen = new HashSet<>(ports(router));
    for (int more = 0; more < 20 && seen.size() < 2; more++) {
      seen.addAll(ports(router));
    }
    assertThat(seen).hasSize(2);
  }

  private List<ProcessState> all() {
    return services.stream().flatMap(one -> one.processes().stream()).toList();
  }

  /// The process that has this name at the moment.
  private ProcessHandle now(String name) {
    return FormationHome.of(service).state().orElseThrow().main().processes().stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .flatMap(process -> ProcessHandle.of(process.process().pid()))
        .orElseThrow();
  }

  private HttpRequest to(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).build();
  }

  private static String get(URI uri) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /// Clients that send one request after the other.
  private static final class Load {
    private final AtomicInteger answers = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    static Load on(URI uri, int clients) {
      Load load = new Load();
      for (int client = 0; client < clients; client++) {
        load.clients.add(Thread.ofVirtual().start(() -> load.run(uri)));
      }
      Stage.await("the first answers", () -> load.answers.get() > clients);
      return load;
    }

    private void run(URI uri) {
      while (!over) {
        try {
          HttpResponse<String> answer =
              CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            answers.incrementAndGet();
          } else {
            failures.add(String.valueOf(answer.statusCode()));
          }
        } catch (Exception failure) {
          failures.add(failure.toString());
        }
      }
    }

    void end() throws InterruptedException {
      over = true;
      for (Thread client : clients) {
        client.join();
      }
    }
  }
}
