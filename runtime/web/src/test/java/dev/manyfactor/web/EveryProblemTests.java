package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.IdempotencySettings;
import dev.manyfactor.identity.Verification;
import dev.manyfactor.migrations.Migrations;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.resilience.UpstreamSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of problem, met over a socket: its status, the trace of the request, and its page.
class EveryProblemTests {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACED = "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String BODY = "{\"text\":\"a note\"}";
  private static final String KEY = "Idempotency-Key: 0192f0c1-key-of-a-test-";

  private static final OpenTelemetrySdk SDK =
      OpenTelemetrySdk.builder()
          .setTracerProvider(SdkTracerProvider.builder().build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private static final TestPostgres POSTGRES = Notes.database();
  private static final Database DATABASE = POSTGRES.open();
  private static final Semaphore ENTERED = new Semaphore(0);
  private static final CountDownLatch RELEASE = new CountDownLatch(1);
  private static Served upstream;
  private static Upstream cards;
  private static Served served;

  @BeforeAll
  static void start() {
    new Migrations(List.of(Idempotency.migrations()), new Release("notes", "1", "test"))
        .apply(POSTGRES.owner(), POSTGRES.app(), _ -> {});
    POSTGRES.execute(
        "create table doomed (id int)",
        "grant insert on doomed to app",
        "create function die() returns trigger language plpgsql as"
            + " $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$",
        "create constraint trigger die after insert on doomed deferrable initially deferred"
            + " for each row execute function die()");
    upstream = Served.serving(Served.plain(Method.GET, "/asked", _ -> _ -> Response.empty(500)));
    cards = cards(upstream.server().port());
    served = serving(WebLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    RELEASE.countDown();
    served.close();
    cards.close();
    upstream.close();
    DATABASE.close();
    SDK.close();
  }

  private static Served serving(WebLimits limits) {
    return Served.with(setup(limits), operations());
  }

  private static Served.Setup setup(WebLimits limits) {
    var keys =
        new Idempotency(
            DATABASE, Configured.of(IdempotencySettings.DEFAULT), InstantSource.system());
    return Served.setup()
        .limits(limits)
        .openTelemetry(SDK)
        .backing(
            new Backing(
                Optional.of(DATABASE), Optional.of(keys), Optional.of(EveryProblemTests::judge)));
  }

  private static Verification judge(String authorization) {
    return authorization.equals("Bearer early")
        ? new Verification.Unavailable("no keys yet")
        : Notes.judge(authorization);
  }

  private static Operation[] operations() {
    return new Operation[] {
      Served.answering("/fast", "{}"),
      Served.plain(Method.GET, "/bug", _ -> _ -> bug()),
      Served.plain(
          Method.GET,
          "/asking",
          _ -> _ -> Served.text("" + cards.get("/asked").send().body(Echo.CODEC))),
      Served.plain(Method.GET, "/slow", _ -> _ -> slow()),
      Notes.list(),
      within(Duration.ofMillis(300), Echo.at("/echo")),
      within(
          Duration.ofMillis(500),
          Notes.reading(
              "/sleeping",
              _ -> read -> Served.text("" + read.sql("select pg_sleep(60)").exists()))),
      Notes.writing(
          "/doomed",
          input -> {
            Notes.text(input);
            return write -> {
              write.updateOne("insert into doomed values (1)");
              return Response.empty(204);
            };
          }),
      Notes.guarded(
          Method.POST,
          "/keyed",
          new Idempotent.Keyed(),
          new Handler.Writing(input -> {
            boolean waits = Notes.text(input).equals("wait");
            return _ -> waits ? slow() : Response.empty(204);
          }))
    };
  }

  private static Response bug() {
    throw new IllegalStateException("password=hunter2");
  }

  private static Response slow() {
    ENTERED.release();
    try {
      assertThat(RELEASE.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return Response.empty(204);
  }

  private static Operation within(Duration deadline, Operation operation) {
    return new Operation(
        operation.id(),
        operation.method(),
        operation.path(),
        operation.access(),
        operation.idempotent(),
        deadline,
        operation.body(),
        operation.handler());
  }

  private static Upstream cards(int port) {
    var second = Duration.ofSeconds(1);
    var settings =
        new UpstreamSettings(
            URI.create("http://127.0.0.1:" + port),
            second,
            second,
            second,
            1,
            10_000,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Upstream.of("cards", Configured.of(settings)).open(OpenTelemetry.noop());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void problemHasItsStatusTheTraceAndAPage(Fault fault) throws Exception {
    Problem kind = fault.problem("");
    Wire.Answer answer = meet(fault);
    assertThat(answer.status()).isEqualTo(kind.status());
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.body())
        .startsWith("{\"type\":\"" + kind.type() + "\",\"title\":\"" + kind.title() + '"')
        .contains("\"status\":" + kind.status() + ',')
        .containsPattern("\"trace_id\":\"[0-9a-f]{32}\"")
        .doesNotContainIgnoringCase("hunter2", "exception", "jetty", "select", "127.0.0.1");
    if (arrivesWhole(fault)) {
      assertThat(answer.body()).contains("\"trace_id\":\"" + TRACE + '"');
    }
    if (comesWithRetryAfter(fault)) {
      assertThat(answer.header("retry-after")).isEqualTo("1");
    }
    assertThat(served.get(kind.type()).body()).startsWith("# " + kind.title());
  }

  /// Whether the request's headers could be read, so that its trace is known.
  private static boolean arrivesWhole(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST, URI_TOO_LONG, HEAD_TOO_LARGE, VERSION -> false;
      default -> true;
    };
  }

  private static boolean comesWithRetryAfter(Fault fault) {
    int status = fault.problem("").status();
    return status == 429 || (status >= 502 && status <= 504) || fault == Fault.IN_FLIGHT;
  }

  private static Wire.Answer meet(Fault fault) throws Exception {
    return switch (fault) {
      case BAD_REQUEST -> get("/fast", "X : a");
      case INVALID_REQUEST -> get("/fast?colour=red");
      case BODY_NOT_EXPECTED -> send("GET /fast", "Content-Length: 2");
      case IDEMPOTENCY_KEY_MISSING -> post("/keyed", BODY);
      case IDEMPOTENCY_KEY_INVALID -> post("/keyed", BODY, "Idempotency-Key: short");
      case IDEMPOTENCY_KEY_EXPIRED ->
          post("/keyed", BODY, "Idempotency-Key: 017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
      case UNAUTHENTICATED -> served.get("/notes", TRACED);
      case FORBIDDEN -> get("/notes", "Authorization: Bearer eve@");
      case NOT_FOUND -> get("/nowhere");
      case METHOD_NOT_ALLOWED -> post("/fast", BODY);
      case NOT_ACCEPTABLE -> get("/fast", "Accept: text/html");
      case TOO_SLOW -> send("POST /echo", "Content-Type: application/json|Content-Length: 14");
      case IN_FLIGHT -> whileTheFirstRuns();
      case TOO_LARGE -> send("POST /echo", "Content-Type: application/json|Content-Length: 5000");
      case URI_TOO_LONG -> get("/" + "x".repeat(10_000));
      case UNSUPPORTED_MEDIA_TYPE ->
          send("POST /echo", "Content-Type: text/plain|Content-Length: 14");
      case EXPECTATION_FAILED -> get("/fast", "Expect: wonders");
      case KEY_REUSED -> afterAnotherWithItsKey();
      case RATE_LIMITED -> secondOfACaller();
      case HEAD_TOO_LARGE -> get("/fast", "X: " + "x".repeat(10_000));
      case INTERNAL -> get("/bug");
      case UNKNOWN_METHOD -> send("BREW /fast", "X: a");
      case BAD_UPSTREAM -> get("/asking");
      case OVERLOADED -> whileAnotherIsServed();
      case NOT_READY -> beforeItServes();
      case UNAVAILABLE -> get("/notes", "Authorization: Bearer early");
      case OUTCOME_UNKNOWN -> post("/doomed", BODY);
      case TIMED_OUT -> get("/sleeping", Notes.ADA);
      case VERSION -> served.send("GET /fast HTTP/9.9\r\n" + TRACED + "\r\n\r\n");
    };
  }

  private static Wire.Answer get(String path, String... headers) throws IOException {
    return served.get(path, traced(headers));
  }

  private static Wire.Answer post(String path, String body, String... headers) throws IOException {
    return served.post(path, body, traced(headers));
  }

  private static String[] traced(String... headers) {
    Stream<String> known =
        String.join("", headers).contains("Authorization") ? Stream.of() : Stream.of(Notes.ADA);
    return Stream.of(Stream.of(TRACED), known, Stream.of(headers))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }

  /// A request with these headers, separated by `|`, and nothing behind them.
  private static Wire.Answer send(String line, String headers) throws IOException {
    return served.send(WireRow.line(line + " HTTP/1.1", TRACED + '|' + headers));
  }

  private static Wire.Answer afterAnotherWithItsKey() throws IOException {
    assertThat(post("/keyed", BODY, KEY + 1).status()).isEqualTo(204);
    return post("/keyed", "{\"text\":\"other\"}", KEY + 1);
  }

  private static Wire.Answer whileTheFirstRuns() throws Exception {
    String body = "{\"text\":\"wait\"}";
    try (Wire first = served.connect()) {
      first.send(
          Served.request("POST", "/keyed", Notes.ADA, KEY + 2)
              + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n"
              + body);
      assertThat(ENTERED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      return post("/keyed", body, KEY + 2);
    }
  }

  private static Wire.Answer secondOfACaller() throws IOException {
    var once = new RateSettings(Optional.of(1), Optional.of(1));
    try (Served limited = serving(WebLimits.DEFAULT.withRate(once))) {
      limited.get("/notes", traced());
      return limited.get("/notes", traced());
    }
  }

  private static Wire.Answer whileAnotherIsServed() throws Exception {
    var one = new WebLimits(1, 100, Duration.ofSeconds(5), Duration.ofSeconds(65), 8192);
    try (Served small = serving(one);
        Wire first = small.connect()) {
      first.send(Served.request("GET", "/slow") + "\r\n");
      assertThat(ENTERED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      return small.get("/fast", traced());
    }
  }

  private static Wire.Answer beforeItServes() throws IOException {
    try (Served early = Served.unready(setup(WebLimits.DEFAULT), operations())) {
      return early.get("/fast", traced());
    }
  }
}
