package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.resilience.TimeAndChance;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What the server takes on: so much and no more, from when it is ready until it stops.
class AdmissionTests {
  private static final WebLimits ONE_AT_A_TIME =
      new WebLimits(1, 1000, Duration.ofSeconds(5), Duration.ofSeconds(65), 8192);

  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore entered = new Semaphore(0);
  private final Operation slow =
      Served.plain(
          Method.GET,
          "/slow",
          _ ->
              _ -> {
                entered.release();
                try {
                  assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
                return Served.text("{\"slow\":true}");
              });
  private final Operation fast = Served.answering("/fast", "{}");

  private Wire beginSlow(Served served) throws Exception {
    Wire wire = served.connect().send(Served.request("GET", "/slow") + "\r\n");
    assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    return wire;
  }

  @Test
  void requestBeyondTheBoundIsTurnedAwayAtOnceAndTheNextOneServed() throws Exception {
    try (Served served = Served.with(Served.setup().limits(ONE_AT_A_TIME), slow, fast);
        Wire wire = beginSlow(served)) {
      Wire.Answer shed = served.get("/fast");
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.header("retry-after")).isEqualTo("1");
      assertThat(shed.body()).contains("/problems/overloaded");
      assertThat(served.get("/livez").status()).isEqualTo(200);
      release.countDown();
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(served.get("/fast").status()).isEqualTo(200);
    }
  }

  @Test
  void connectionBeyondTheBoundWaitsUntilAnotherIsClosed() throws IOException {
    var oneConnection = new WebLimits(256, 1, Duration.ofSeconds(5), Duration.ofSeconds(65), 8192);
    try (Served served = Served.with(Served.setup().limits(oneConnection), fast)) {
      Wire second;
      try (Wire first = served.connect()) {
        assertThat(first.send(Served.request("GET", "/fast") + "\r\n").read().status())
            .isEqualTo(200);
        second = served.connect().send(Served.request("GET", "/fast") + "\r\n");
        assertThat(second.hasAnswerWithin(Duration.ofMillis(200))).isFalse();
      }
      assertThat(second.read().status()).isEqualTo(200);
    }
  }

  @Test
  void operationsAreRefusedUntilTheServiceIsReadyToServe() throws IOException {
    try (Served served = Served.unready(Served.setup(), fast)) {
      Wire.Answer early = served.get("/fast");
      assertThat(early.status()).isEqualTo(503);
      assertThat(early.header("retry-after")).isEqualTo("1");
      assertThat(early.body()).contains("/problems/not-ready");
      served.server().serve();
      assertThat(served.get("/fast").status()).isEqualTo(200);
    }
  }

  @Test
  void drainingServerGoesOnServingAndClosesEachConnection() throws Exception {
    var probes = new Probes(List.of());
    try (Served served = Served.with(Served.setup().probes(probes), slow, fast);
        Wire kept = served.connect();
        Wire inFlight = beginSlow(served)) {
      assertThat(kept.send(Served.request("GET", "/fast") + "\r\n").read().closes()).isFalse();
      served.server().drain();
      assertThat(served.get("/readyz").status()).isEqualTo(503);
      assertThat(served.get("/livez").status()).isEqualTo(200);
      Wire.Answer last = kept.send(Served.request("GET", "/fast") + "\r\n").read();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.closes()).isTrue();
      assertThat(kept.isEnded()).isTrue();
      release.countDown();
      assertThat(inFlight.read().closes()).isTrue();
    }
  }

  @Test
  void stopWaitsForTheRequestInFlight() throws Exception {
    try (Served served = Served.serving(slow);
        Wire inFlight = beginSlow(served)) {
      Thread stopping =
          Thread.ofVirtual().start(() -> served.server().stop(Duration.ofSeconds(20)));
      waitUntilRefused(served);
      release.countDown();
      assertThat(inFlight.read().body()).isEqualTo("{\"slow\":true}");
      stopping.join();
    }
  }

  @Test
  void stopDoesNotWaitLongerThanItsGrace() throws Exception {
    try (Served served = Served.serving(slow);
        Wire inFlight = beginSlow(served)) {
      served.server().stop(Duration.ofMillis(50));
      assertThat(inFlight.isEnded()).isTrue();
    } finally {
      release.countDown();
    }
  }

  @Test
  void portThatIsInUseIsNamedWithTheRemedy() {
    try (Served first = Served.serving(fast)) {
      int port = first.server().port();
      var settings =
          new WebSettings(port, Optional.of("127.0.0.1"), Optional.empty(), WebLimits.DEFAULT);
      var parts =
          new WebParts(
              new Routes("META-INF/manyfactor/test.openapi.yaml", List.of(fast)),
              Backing.NONE,
              new Probes(List.of()),
              new Instruments(OpenTelemetry.noop(), TimeAndChance.ofSystem()));
      try (var second = new WebServer(settings, parts)) {
        assertThatThrownBy(second::start)
            .isInstanceOf(CannotListenException.class)
            .hasMessage(
                "PORT: 127.0.0.1:%d is in use by another process; set PORT to a free port or"
                    + " stop that process",
                port);
      }
    }
  }

  private static void waitUntilRefused(Served served) {
    for (int i = 0; i < 1000; i++) {
      try {
        served.connect().close();
      } catch (IOException refused) {
        return;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("the port stays open");
  }
}
