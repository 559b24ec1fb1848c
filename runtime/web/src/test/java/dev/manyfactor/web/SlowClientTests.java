package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Clients that take their time: they are cut off, and nobody else is.
class SlowClientTests {
  private static final WebLimits SHORT_HEAD =
      new WebLimits(256, 1000, Duration.ofMillis(400), Duration.ofSeconds(60), 8192);
  private static final WebLimits SHORT_IDLE =
      new WebLimits(256, 1000, Duration.ofSeconds(60), Duration.ofMillis(500), 8192);
  private static final String POST =
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String BODY = "{\"text\":\"ada\"}";

  @Test
  void headThatArrivesByteByByteIsCutOff() throws IOException {
    try (Served served = with(SHORT_HEAD, Served.answering("/fast", "{}"));
        Wire wire = served.connect()) {
      assertThat(isCutOff(wire.send("GET /fast HTTP/1.1\r\nX: "), "x")).isTrue();
    }
  }

  @Test
  void headOfASecondRequestThatArrivesByteByByteIsCutOff() throws IOException {
    try (Served served = with(SHORT_HEAD, Served.answering("/fast", "{}"));
        Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/fast") + "\r\n");
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(isCutOff(wire.send("GET /fast HTTP/1.1\r\nX: "), "x")).isTrue();
    }
  }

  @Test
  void endlessEmptyLinesAreCutOff() throws IOException {
    try (Served served = with(SHORT_HEAD, Served.answering("/fast", "{}"));
        Wire wire = served.connect()) {
      assertThat(isCutOff(wire, "\r\n")).isTrue();
    }
  }

  @Test
  void idleConnectionIsNotTakenForASlowHead() throws IOException {
    try (Served served = with(SHORT_HEAD, Served.answering("/fast", "{}"));
        Wire idle = served.connect()) {
      assertThat(idle.send(Served.request("GET", "/fast") + "\r\n").read().status()).isEqualTo(200);
      waitUntilASlowHeadIsCutOff(served);
      assertThat(idle.send(Served.request("GET", "/fast") + "\r\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void slowHandlerIsNotTakenForASlowHead() throws IOException {
    var release = new CountDownLatch(1);
    Operation slow =
        Served.plain(
            Method.GET,
            "/slow",
            _ ->
                _ -> {
                  await(release);
                  return Served.text("{}");
                });
    try (Served served = with(SHORT_HEAD, slow);
        Wire wire = served.connect()) {
      String request = Served.request("GET", "/slow") + "\r\n";
      wire.send(request + "GET /slow");
      waitUntilASlowHeadIsCutOff(served);
      release.countDown();
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }

  @Test
  void bodyThatWasAskedForMayBeSlowerThanAHead() throws IOException {
    try (Served served = with(SHORT_HEAD, Echo.at("/echo"));
        Wire wire = served.connect()) {
      wire.send(POST + "Expect: 100-continue\r\nContent-Length: 14\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(100);
      wire.send(BODY.substring(0, 5));
      waitUntilASlowHeadIsCutOff(served);
      assertThat(wire.send(BODY.substring(5)).read().body()).isEqualTo(BODY);
    }
  }

  @Test
  void silentConnectionIsClosedByTheIdleTimeout() throws IOException {
    try (Served served = with(SHORT_IDLE, Served.answering("/fast", "{}"));
        Wire wire = served.connect()) {
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void handlerMayTakeLongerThanTheIdleTimeout() throws IOException {
    var release = new CountDownLatch(1);
    Operation slow =
        Served.plain(
            Method.GET,
            "/slow",
            _ ->
                _ -> {
                  await(release);
                  return Served.text("{}");
                });
    try (Served served = with(SHORT_IDLE, slow);
        Wire wire = served.connect();
        Wire silent = served.connect()) {
      wire.send(Served.request("GET", "/slow") + "\r\n");
      assertThat(silent.isEnded()).isTrue();
      release.countDown();
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }

  @Test
  void bodyThatStallsIsAnsweredWith408AtTheDeadline() throws IOException {
    try (Served served = with(WebLimits.DEFAULT, impatient());
        Wire wire = served.connect()) {
      wire.send(POST + "Content-Length: 14\r\n\r\n{\"te");
      assertTooSlow(wire);
    }
  }

  @Test
  void bodyThatArrivesByteByByteIsAnsweredWith408AtTheDeadline() throws IOException {
    try (Served served = with(WebLimits.DEFAULT, impatient());
        Wire wire = served.connect()) {
      wire.send(POST + "Content-Length: 900\r\n\r\n{\"text\":\"");
      for (int i = 0; i < 50 && wire.trySend("x"); i++) {
        pause();
      }
      assertTooSlow(wire);
    }
  }

  @Test
  void clientThatNeverReadsItsAnswerIsCutOff() throws Exception {
    Operation large = Served.answering("/large", "x".repeat(30_000_000));
    try (Served served = with(SHORT_IDLE, large);
        Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/large") + "\r\n");
      Wire silent = served.connect();
      assertThat(silent.isEnded()).isTrue();
      assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void clientsOfEveryKindHoldNothingBeyondTheirBounds() throws Exception {
    var limits = new WebLimits(8, 1000, Duration.ofMillis(400), Duration.ofMillis(800), 8192);
    Operation large = Served.answering("/large", "x".repeat(30_000_000));
    var clients = new ArrayList<Wire>();
    try (Served served = with(limits, impatient(), large)) {
      clients.add(served.connect().send(Served.request("GET", "/large") + "\r\n"));
      for (int i = 0; i < 10; i++) {
        clients.add(served.connect());
        clients.add(served.connect().send("GET /echo HT"));
        clients.add(served.connect().send(POST + "Content-Length: 14\r\n\r\n{\"te"));
        clients.add(served.connect().send(POST + "Content-Length: 14\r\n\r\n{\"te").endOutput());
        clients.add(served.connect().send(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"));
        clients.add(
            served.connect().send(POST + "Content-Length: 14\r\nExpect: 100-continue\r\n\r\n"));
        clients.add(served.connect().send(Served.request("GET", "/nowhere").repeat(200)));
      }
      await(() -> served.server().connections() == 0);
      assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
      for (int i = 0; i < 8; i++) {
        assertThat(served.post("/echo", BODY).status()).isEqualTo(200);
      }
    } finally {
      for (Wire client : clients) {
        client.close();
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      pause();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void assertTooSlow(Wire wire) throws IOException {
    Wire.Answer answer = wire.read();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.body()).contains("/problems/request-timeout");
    assertThat(answer.closes()).isTrue();
    assertThat(wire.isEnded()).isTrue();
  }

  private static Operation impatient() {
    Operation echo = Echo.at("/echo");
    return new Operation(
        echo.id(),
        echo.method(),
        echo.path(),
        echo.access(),
        echo.idempotent(),
        Duration.ofMillis(300),
        echo.body(),
        echo.handler());
  }

  private static Served with(WebLimits limits, Operation... operations) {
    return Served.with(Served.setup().limits(limits), operations);
  }

  private static void waitUntilASlowHeadIsCutOff(Served served) throws IOException {
    try (Wire slow = served.connect()) {
      assertThat(isCutOff(slow.send("GET /"), "x")).isTrue();
    }
  }

  /// Whether the server hangs up on a client that goes on to send a little now and then.
  private static boolean isCutOff(Wire wire, String little) throws IOException {
    for (int i = 0; i < 500; i++) {
      if (!wire.trySend(little)) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    LockSupport.parkNanos(20_000_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
