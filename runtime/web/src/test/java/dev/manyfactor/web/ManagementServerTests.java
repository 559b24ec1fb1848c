package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTests {
  private static final Address ANY_PORT =
      new Address("MANAGEMENT_PORT", Optional.of("127.0.0.1"), 0);
  private final AtomicReference<Optional<String>> database =
      new AtomicReference<>(Optional.empty());
  private final Probes probes = new Probes(List.of(new Check("database", database::get)));
  private final ManagementServer server =
      new ManagementServer(ANY_PORT, probes, () -> "up 1\n", () -> "{\"name\":\"test\"}");

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Wire.Answer get(String path) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(Served.request("GET", path) + "\r\n").read();
    }
  }

  @Test
  void readinessNamesEveryCheckAndWhatIsMissing() throws IOException {
    assertThat(get("/readyz").status()).isEqualTo(200);
    assertThat(get("/readyz").body())
        .isEqualTo("{\"ready\":true,\"checks\":[{\"name\":\"database\",\"ready\":true}]}");
    database.set(Optional.of("does not answer"));
    Wire.Answer answer = get("/readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            "{\"ready\":false,\"checks\":[{\"name\":\"database\",\"ready\":false,"
                + "\"detail\":\"does not answer\"}]}");
  }

  @Test
  void processIsAliveWhateverItsDependenciesDo() throws IOException {
    database.set(Optional.of("does not answer"));
    assertThat(get("/livez").status()).isEqualTo(200);
    probes.drain();
    assertThat(get("/livez").status()).isEqualTo(200);
    assertThat(get("/readyz").body()).contains("is stopping");
  }

  @Test
  void checkThatFailsIsNotReady() throws IOException {
    var broken =
        new Probes(
            List.of(
                new Check(
                    "broken",
                    () -> {
                      throw new IllegalStateException("no idea");
                    })));
    assertThat(broken.readiness().ready()).isFalse();
    assertThat(broken.readiness().results().getFirst().detail())
        .hasValue("the check failed: no idea");
  }

  @Test
  void metricsAndInfoAreServedAsTheyAre() throws IOException {
    assertThat(get("/metrics").body()).isEqualTo("up 1\n");
    assertThat(get("/metrics").header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(get("/info").body()).isEqualTo("{\"name\":\"test\"}");
  }

  @Test
  void probesAreAnsweredAndStopsEndWhileHandlersSpinOnEveryProcessor() throws Exception {
    int spinners = 2 * Runtime.getRuntime().availableProcessors();
    var spinning = new Semaphore(0);
    var stop = new AtomicBoolean();
    Operation spin =
        Served.plain(
            Method.GET,
            "/spin",
            _ ->
                _ -> {
                  spinning.release();
                  while (!stop.get()) {
                    Thread.onSpinWait();
                  }
                  return Response.empty(204);
                });
    try (Served served = Served.serving(spin)) {
      for (int i = 0; i < spinners; i++) {
        served.connect().send(Served.request("GET", "/spin") + "\r\n");
      }
      try {
        assertThat(spinning.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(get("/livez").status()).isEqualTo(200);
        served.server().stop(Duration.ZERO);
        assertThat(get("/livez").status()).isEqualTo(200);
      } finally {
        stop.set(true);
      }
    }
  }

  @Test
  void whatIsNoRequestIsRefusedWithoutAWordOfTheServer() throws IOException {
    try (Wire wire = new Wire(server.port())) {
      wire.send("GET /livez HTTP/1.1\r\nX : a\r\n\r\n");
      Wire.Answer answer = wire.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body())
          .contains("/problems/bad-request")
          .doesNotContainIgnoringCase("jetty");
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void everythingElseIsRefused() throws IOException {
    assertThat(get("/").status()).isEqualTo(404);
    try (Wire wire = new Wire(server.port())) {
      wire.send("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(405);
    }
  }

  @Test
  void portThatIsInUseIsNamedByItsVariable() {
    var taken = new Address("MANAGEMENT_PORT", Optional.of("127.0.0.1"), server.port());
    try (var second = new ManagementServer(taken, probes, () -> "", () -> "")) {
      assertThatThrownBy(second::start)
          .isInstanceOf(CannotListenException.class)
          .hasMessageStartingWith("MANAGEMENT_PORT: 127.0.0.1:" + server.port() + " is in use");
    }
  }
}
