package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The services in `fixtures/`, which are not of Manyfactor, started with real programs.
class ForeignServicesTests {
  private static final Path FIXTURES = Path.of("../fixtures");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = Stage.in(folder);
    stage.shell.put("WORKER_PAUSE", "20ms");
  }

  @ParameterizedTest
  @CsvSource({
    "node, Procfile, node, /v1/greetings/ada, hello ada",
    "node, manyfactor.yaml, greetings, /v1/greetings/ada, hello ada",
    "python, manyfactor.yaml, notes, /v1/limits, longest"
  })
  void aServiceStartsTheSameWayInAnyLanguageAndStopsInOrder(
      String language, String file, String name, String path, String answer) throws Exception {
    Path service = fixture(language, file);
    int port = Ports.free();
    Formation formation = stage.formation(service, OptionalInt.of(port));
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    URI web = stage.awaitRunning(outcome).main().address().orElseThrow();
    assertThat(web.getPort()).isEqualTo(port);
    assertThat(Stage.get(web.resolve(path))).contains(answer);
    assertThat(Stage.get(web.resolve("/readyz"))).contains("ready");
    Stage.await("the worker's second turn", () -> linesOf(name + ".worker").size() > 2);
    formation.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    assertThat(stage.events)
        .contains(
            new Event.Stopped(name + ".web", true), new Event.Stopped(name + ".worker", true));
    for (String process : List.of("web", "worker")) {
      assertThat(linesOf(name + "." + process))
          .allSatisfy(line ->
              assertThat(JSON.readTree(line).propertyNames()).contains("time", "level", "message"))
          .last()
          .asString()
          .contains("stopped");
    }
    stage.assertNothingLeft(service);
  }

  @ParameterizedTest
  @CsvSource({"node, GET /v1/greetings/ada, 200", "python, POST /v1/notes, 401"})
  void aRequestThatIsHalfSentIsAnsweredBeforeTheEnd(String language, String request, int status)
      throws Exception {
    Path service = fixture(language, "manyfactor.yaml");
    int port = Ports.free();
    Formation formation = stage.formation(service, OptionalInt.of(port));
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    String name = stage.awaitRunning(outcome).main().name();
    try (Socket socket = new Socket(Ports.loopback(), port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      send(out, request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n{\"text\":");
      Stage.get(
          URI.create("http://127.0.0.1:" + port + "/livez")); // the first one has been read by now
      formation.stop();
      Stage.await(
          "the stop to arrive",
          () -> linesOf(name + ".web").stream().anyMatch(line -> line.contains("\"stopping\"")));
      send(out, "\"a b\"}");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 %d ".formatted(status));
    }
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    assertThat(stage.events).contains(new Event.Stopped(name + ".web", true));
  }

  @ParameterizedTest
  @CsvSource({"node, node, nodejs", "python, python3, python3"})
  void aMissingProgramIsNamedWithItsPackageBeforeAnythingStarts(
      String language, String program, String pack) throws Exception {
    stage.shell.put("PATH", Files.createDirectory(folder.resolve("bin")).toString());
    Path service = Files.createDirectory(folder.resolve(language));
    Files.writeString(
        service.resolve("Procfile"), "web: %1$s server\nworker: %1$s worker\n".formatted(program));
    FormationException failure = failureOf(stage.run(stage.formation(service)));
    assertThat(failure.exitCode()).isEqualTo(69);
    assertThat(failure.evidence())
        .first()
        .asString()
        .contains("needs the program \"%s\"".formatted(program), "apt-get install " + pack);
    stage.assertNothingLeft(service);
  }

  @Test
  void aServiceIsAskedOnItsOwnPortWhereItsManifestSaysSo() throws Exception {
    stage.patience =
        new FormationSettings.Patience(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Restarts.DEFAULT);
    Path service = fixture("node", "manyfactor.yaml");
    Path manifest = service.resolve("manyfactor.yaml");
    Files.writeString(
        manifest, Files.readString(manifest).replace("readiness: /readyz", "readiness: /nowhere"));
    int port = Ports.free();
    CompletableFuture<Formation.Outcome> outcome =
        stage.run(stage.formation(service, OptionalInt.of(port)));
    FormationException failure = failureOf(outcome);
    assertThat(failure.exitCode()).isEqualTo(69);
    assertThat(failure)
        .hasMessageContaining("greetings.web is not ready after 3 s")
        .hasMessageContaining("http://127.0.0.1:" + port + "/nowhere answers 404");
  }

  @Test
  void aServiceThatIgnoresItsPortIsToldOfIt() throws Exception {
    stage.patience =
        new FormationSettings.Patience(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Restarts.DEFAULT);
    Path service = Files.createDirectories(folder.resolve("deaf"));
    Files.writeString(service.resolve("Procfile"), "web: while true; do sleep 1; done\n");
    int port = Ports.free();
    assertThat(failureOf(stage.run(stage.formation(service, OptionalInt.of(port)))))
        .hasMessage(
            "deaf.web is not ready after 2 s: nobody listens on port %d, which PORT names; it wrote nothing"
                .formatted(port));
    stage.assertNothingLeft(service);
  }

  @Test
  void whatAProcfileLeavesOpenIsSaidAndSoIsEveryServiceItsDependencyNeeds() throws Exception {
    fixture("node", "Procfile");
    Path shop =
        stage.service(
            "shop",
            """
            name: shop
            runtime: sh 1
            processes: {worker: {readiness: none, command: 'echo "$GREETINGS_URL"; exec sleep 605'}}
            dependencies: [{name: greetings, kind: service, path: ../node}]
            """);
    Formation formation = stage.formation(shop);
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    FormationState state = stage.awaitRunning(outcome);
    URI greetings = state.services().getFirst().address().orElseThrow();
    Stage.await("the address", () -> linesOf("shop.worker").contains(greetings.toString()));
    assertThat(stage.events)
        .anyMatch(event -> event instanceof Event.Noted noted && noted.service().equals("node"));
    formation.stop();
    Stage.ended(outcome);
    stage.assertNothingLeft(shop);
  }

  @Test
  void whatOneServiceKeepsInItsDatabaseForATokenOfTheLocalIssuerIsReadAgain() throws Exception {
    Path service = fixture("python", "manyfactor.yaml");
    Formation formation = stage.formation(service, OptionalInt.of(Ports.free()));
    CompletableFuture<Formation.Outcome> outcome = stage.run(formation);
    FormationState state = stage.awaitRunning(outcome);
    URI web = state.main().address().orElseThrow();
    String token = token(state.issuer().orElseThrow(), "notes:read notes:write");
    HttpRequest.Builder make =
        HttpRequest.newBuilder(web.resolve("/v1/notes"))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "once")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"remember\"}"));
    HttpResponse<String> made = answer(make);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(answer(make).body()).isEqualTo(made.body());
    URI place = web.resolve(made.headers().firstValue("Location").orElseThrow());
    assertThat(
            answer(HttpRequest.newBuilder(place).header("Authorization", "Bearer " + token)).body())
        .isEqualTo(made.body());
    assertThat(answer(HttpRequest.newBuilder(place)).statusCode()).isEqualTo(401);
    formation.stop();
    Stage.ended(outcome);
    stage.assertNothingLeft(service);
  }

  private static String token(FormationState.IssuerAccess issuer, String scopes) throws Exception {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&tenant=acme&subject=ada&audience=notes&scope=%s"
            .formatted(issuer.clientId(), issuer.clientSecret(), scopes.replace(' ', '+'));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(issuer.url().resolve("/token"))
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return JSON.readTree(answer(request).body()).get("access_token").stringValue();
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return HTTP.send(
        request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static FormationException failureOf(CompletableFuture<Formation.Outcome> outcome) {
    Throwable thrown = catchThrowable(() -> Stage.ended(outcome));
    return (FormationException) Objects.requireNonNull(Objects.requireNonNull(thrown).getCause());
  }

  private List<String> linesOf(String process) {
    return stage.events.stream()
        .filter(event -> event instanceof Event.Logged logged && logged.process().equals(process))
        .map(event -> ((Event.Logged) event).line())
        .toList();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// A copy of a fixture with one of its two files that say how it runs.
  private Path fixture(String language, String file) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(language));
    try (Stream<Path> files = Files.list(FIXTURES.resolve(language))) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String name = each.getFileName().toString();
        if (name.equals(file) || !List.of("Procfile", "manyfactor.yaml").contains(name)) {
          Files.copy(each, copy.resolve(name));
        }
      }
    }
    return copy;
  }
}
