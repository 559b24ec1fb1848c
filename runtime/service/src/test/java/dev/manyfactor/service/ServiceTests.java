package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.manyfactor.config.Configured;
import dev.manyfactor.config.Default;
import dev.manyfactor.config.Environment;
import dev.manyfactor.config.Formerly;
import dev.manyfactor.config.Secret;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Response;
import dev.manyfactor.web.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ServiceTests {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Service greeter = Service.of("greeter", this::greeter);
  private final Service keeper =
      Service.of(
          "keeper",
          service -> {
            service.database();
            service.upstream("cards");
            service.task("sweep", (run, none) -> run.out().println("swept"));
          });

  private void greeter(Composition service) {
    service.web(
        new Routes(
            "greeter.openapi.yaml",
            List.of(
                operation("greet", input -> context -> Response.empty(204)),
                operation(
                    "wait",
                    input ->
                        context -> {
                          arrived.countDown();
                          awaitQuietly(mayAnswer);
                          return Response.empty(204);
                        }))));
  }

  @Test
  void withoutArgumentsTheArtifactListsWhatItCanDo() {
    assertThat(run(keeper, Map.of())).isZero();
    assertThat(text(out)).contains("sweep").contains("migrate").contains("openapi");
  }

  @Test
  void everyMistakeInTheEnvironmentIsReportedBeforeAnythingStarts() {
    int code =
        run(
            keeper,
            Map.of("CARDS_URL", "not an address", "CARDS_TIMOUT", "1s", "SHUTDOWN_GRACE", "soon"),
            "all");

    assertThat(code).isEqualTo(78);
    assertThat(text(err))
        .contains("DATABASE_URL")
        .contains("CARDS_URL")
        .contains("CARDS_TIMEOUT")
        .contains("SHUTDOWN_GRACE");
  }

  @Test
  void schemaOfTheConfigurationNeedsNoEnvironment() {
    assertThat(run(keeper, Map.of(), "config", "--schema")).isZero();
    assertThat(text(out)).contains("\"DATABASE_URL\"").contains("\"CARDS_URL\"");
  }

  @Test
  void configurationIsPrintedWithoutItsSecrets() {
    int code =
        run(
            keeper,
            Map.of(
                "DATABASE_URL", "postgres://app:hush-hush@localhost/app",
                "CARDS_URL", "http://localhost:1",
                "CARDS_CLIENT_ID", "payments",
                "CARDS_CLIENT_SECRET", "hush-hush"),
            "config");

    assertThat(code).isZero();
    assertThat(text(out)).contains("DATABASE_URL").doesNotContain("hush-hush");
  }

  record KeySettings(Secret signing) {}

  @Test
  void secretWhoseFileChangesIsInUseWithoutARestart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("signing"), "first");
    var handle = new AtomicReference<Configured<KeySettings>>();
    Service signer =
        Service.of("signer", service -> handle.set(service.settings(KeySettings.class)));
    Environment environment =
        Environment.of(
            Map.of(
                "KEY_SIGNING_FILE", file.toString(),
                "MANAGEMENT_PORT", "0",
                "HOST", "127.0.0.1",
                "DRAIN_DELAY", "0s"));
    try (RunningService running = signer.start(ProcessType.ALL, environment)) {
      running.awaitReady(Duration.ofSeconds(20));
      Files.writeString(file, "");
      String failed =
          "secret_read_failures_total{service_version=\"unknown\",variable=\"KEY_SIGNING\"}";
      awaitTrue(() -> body(running.managementPort(), "/metrics").contains(failed));
      assertThat(handle.get().value().signing().reveal()).isEqualTo("first");

      Files.writeString(file, "second");
      awaitTrue(() -> handle.get().value().signing().reveal().equals("second"));
      assertThat(body(running.managementPort(), "/metrics"))
          .contains("secret_age_seconds{")
          .doesNotContain("second\"");
    }
  }

  private static void awaitTrue(Callable<Boolean> condition) throws Exception {
    Instant late = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(late);
      Thread.sleep(50);
    }
  }

  record KeptSettings(@Formerly("BOXES") @Default("3") int boxes) {}

  @Test
  void configurationShowsWhatHoldsAndWhichNamesAreDeprecated() {
    Service kept =
        Service.of(
            "kept",
            service -> {
              service.database();
              service.schedule("settle", "0 2 * * *", (write, instant) -> {});
              service.settings(KeptSettings.class);
            });

    assertThat(run(kept, Map.of("DATABASE_URL", "postgres://app@h/app", "BOXES", "4"), "config"))
        .isZero();
    assertThat(text(out).lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "SETTLE_SCHEDULE 0 2 * * * default",
            "KEPT_BOXES 4 environment, by the deprecated BOXES");
    assertThat(text(err))
        .isEqualTo("BOXES is deprecated; set KEPT_BOXES to the same value instead\n");
  }

  @Test
  void deprecatedNameIsOneWarningInTheLog() {
    Service kept = Service.of("kept", service -> service.settings(KeptSettings.class));
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var logger = (Logger) LoggerFactory.getLogger("dev.manyfactor.service");
    logger.addAppender(lines);
    try (RunningService running =
        kept.start(ProcessType.ALL, Environment.of(Map.of("BOXES", "4", "DRAIN_DELAY", "0s")))) {
      running.awaitReady(Duration.ofSeconds(20));
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("BOXES is deprecated; set KEPT_BOXES to the same value instead");
  }

  @Test
  void infoNamesProcessesTasksAndOperations() {
    assertThat(run(greeter, Map.of(), "info", "--json")).isZero();
    assertThat(text(out)).contains("\"greeter\"").contains("GET /greet").contains("\"web\"");
  }

  @Test
  void wordThatIsNoCommandIsAUsageError() {
    assertThat(run(greeter, Map.of(), "serve")).isEqualTo(64);
    assertThat(text(err)).contains("serve");
  }

  @Test
  void processTypeWithoutWorkIsAUsageError() {
    assertThat(run(greeter, Map.of(), "worker")).isEqualTo(64);
  }

  @Test
  void databaseThatIsNotThereEndsATaskAfterTheStartWait() throws IOException {
    int code =
        run(
            keeper,
            Map.of(
                "DATABASE_URL", "postgres://app@127.0.0.1:" + freePort() + "/app",
                "CARDS_URL", "http://localhost:1",
                "START_WAIT", "300ms"),
            "sweep",
            "--tenant",
            "acme");

    assertThat(code).isEqualTo(69);
    assertThat(text(err)).contains("START_WAIT").contains("postgres://app@127.0.0.1:");
  }

  @Test
  void taskThatFailsIsAnInternalErrorSaidInOneLineBeforeItsStack() {
    Service failing =
        Service.of(
            "failing",
            service ->
                service.task(
                    "sweep",
                    (run, none) -> {
                      throw new IllegalStateException("the broom is gone");
                    }));

    assertThat(run(failing, Map.of(), "sweep", "--tenant", "acme")).isEqualTo(70);
    assertThat(text(err).lines().findFirst().orElseThrow())
        .contains("sweep")
        .contains("the broom is gone");
  }

  @Test
  void taskThatOutlivesItsTimeIsToldWhichVariableBoundsIt() {
    Service slow =
        Service.of(
            "slow",
            service ->
                service.task(
                    "sweep",
                    (run, none) -> {
                      while (!run.deadline().hasPassed()) {
                        Thread.onSpinWait();
                      }
                      throw new IllegalStateException("too late");
                    }));

    assertThat(run(slow, Map.of("TASK_TIMEOUT", "50ms"), "sweep", "--tenant", "acme"))
        .isEqualTo(70);
    assertThat(text(err)).contains("TASK_TIMEOUT").doesNotContain("fault in the program");
  }

  @Test
  void compositionThatFailsIsAnInternalError() {
    Service twice =
        Service.of(
            "twice",
            service -> {
              service.upstream("cards");
              service.upstream("cards");
            });

    assertThat(run(twice, Map.of())).isEqualTo(70);
    assertThat(text(err)).contains("the composition of twice").contains("cards");
  }

  @Test
  void resultThatCannotBeWrittenIsAFailure() {
    var full =
        new OutputStream() {
          @Override
          public void write(int next) throws IOException {
            throw new IOException("no space left on device");
          }
        };

    int code =
        keeper.run(
            List.of("config", "--schema"),
            Environment.of(Map.of()),
            new PrintStream(full, false, StandardCharsets.UTF_8),
            stream(err));

    assertThat(code).isEqualTo(74);
    assertThat(text(err)).contains("standard output");
  }

  @Test
  void clientOfAnUpstreamWithoutAnIssuerIsAConfigurationError() {
    int code =
        run(
            keeper,
            Map.of(
                "DATABASE_URL", "postgres://app@127.0.0.1/app",
                "CARDS_URL", "http://localhost:1",
                "CARDS_CLIENT_ID", "payments",
                "CARDS_CLIENT_SECRET", "hush-hush"),
            "all");

    assertThat(code).isEqualTo(78);
    assertThat(text(err)).contains("CARDS_CLIENT_ID").contains("issuer");
  }

  @Test
  void portThatIsTakenIsAConfigurationError() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              greeter,
              Map.of("PORT", String.valueOf(taken.getLocalPort()), "HOST", "127.0.0.1"),
              "web");

      assertThat(code).isEqualTo(78);
      assertThat(text(err)).contains(String.valueOf(taken.getLocalPort())).contains("PORT");
    }
  }

  @Test
  void processWhosePortIsTakenLeavesItsOtherPortFree() throws IOException {
    int management = freePort();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> variables =
          Map.of(
              "PORT", String.valueOf(taken.getLocalPort()),
              "MANAGEMENT_PORT", String.valueOf(management),
              "HOST", "127.0.0.1");

      assertThat(run(greeter, variables, "web")).isEqualTo(78);
      assertThatCode(
              () -> new ServerSocket(management, 1, InetAddress.getLoopbackAddress()).close())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void requestInFlightIsAnsweredWhenTheProcessStops() throws Exception {
    RunningService running = greeter.start(ProcessType.WEB, loopback());
    running.awaitReady(Duration.ofSeconds(20));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> waiting = threads.submit(() -> get(running.port(), "/wait"));
      arrived.await();
      Future<?> stopped = threads.submit(running::stop);
      while (get(running.managementPort(), "/readyz") != 503) {
        Thread.onSpinWait();
      }
      mayAnswer.countDown();

      assertThat(waiting.get()).isEqualTo(204);
      stopped.get();
    }
  }

  @Test
  void processThatIsNotReadySaysWhatItWaitsForAndCanBeStopped() throws Exception {
    Service waiting = Service.of("waiting", Composition::database);
    Environment environment =
        Environment.of(
            Map.of(
                "DATABASE_URL", "postgres://app:hush-hush@127.0.0.1:" + freePort() + "/app",
                "MANAGEMENT_PORT", "0",
                "HOST", "127.0.0.1"));
    try (RunningService running = waiting.start(ProcessType.ALL, environment)) {
      String readiness = body(running.managementPort(), "/readyz");
      while (!readiness.contains("cannot be reached")) {
        Thread.onSpinWait();
        readiness = body(running.managementPort(), "/readyz");
      }

      assertThat(readiness).contains("postgres://app@127.0.0.1").doesNotContain("hush-hush");
    }
  }

  @Test
  void managementPortTellsAboutTheProcess() throws Exception {
    try (RunningService running = greeter.start(ProcessType.WEB, loopback())) {
      running.awaitReady(Duration.ofSeconds(20));

      assertThat(get(running.port(), "/greet")).isEqualTo(204);
      assertThat(get(running.managementPort(), "/livez")).isEqualTo(200);
      assertThat(get(running.managementPort(), "/readyz")).isEqualTo(200);
      assertThat(body(running.managementPort(), "/metrics"))
          .contains("http_server_request_duration_seconds_count");
      assertThat(body(running.managementPort(), "/info")).contains("greeter");
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Environment loopback() {
    return Environment.of(
        Map.of("PORT", "0", "MANAGEMENT_PORT", "0", "HOST", "127.0.0.1", "DRAIN_DELAY", "0s"));
  }

  private static Operation operation(
      String id, dev.manyfactor.web.Preparation<dev.manyfactor.context.Context> preparation) {
    return new Operation(
        id,
        Method.GET,
        "/" + id,
        new Access.Public(),
        new Idempotent.Safe(),
        Duration.ofSeconds(30),
        BodyRule.NONE,
        new Handler.Plain(preparation));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(Service service, Map<String, String> variables, String... arguments) {
    return service.run(List.of(arguments), Environment.of(variables), stream(out), stream(err));
  }

  private static int get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(request(port, path), BodyHandlers.ofString())
        .statusCode();
  }

  private static String body(int port, String path) throws Exception {
    return HttpClient.newHttpClient().send(request(port, path), BodyHandlers.ofString()).body();
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
