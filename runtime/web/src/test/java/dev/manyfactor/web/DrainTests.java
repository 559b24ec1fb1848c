package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Whoever has been let in before the port closes is answered.
class DrainTests {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final String FAST = Served.request("GET", "/fast") + "\r\n";

  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore entered = new Semaphore(0);
  private final Operation fast = Served.answering("/fast", "{}");
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

  @Test
  void connectionThatHasNotAskedYetIsAnsweredAfterThePortHasClosed() throws Exception {
    try (Served served = Served.serving(fast);
        Wire silent = served.connect()) {
      Thread stopping = stop(served);
      waitUntilRefused(served);
      assertLastAnswer(silent.send(FAST));
      stopping.join();
    }
  }

  @Test
  void connectionsThatWaitForTheirTurnAreAnsweredWhenThePortCloses() throws Exception {
    var oneConnection = new WebLimits(256, 1, Duration.ofSeconds(5), Duration.ofSeconds(65), 8192);
    try (Served served = Served.with(Served.setup().limits(oneConnection), fast);
        Wire first = served.connect()) {
      assertThat(first.send(FAST).read().status()).isEqualTo(200);
      try (Wire second = served.connect().send(FAST);
          Wire third = served.connect().send(FAST)) {
        assertThat(second.hasAnswerWithin(Duration.ofMillis(100))).isFalse();
        Thread stopping = stop(served);
        assertLastAnswer(second);
        assertLastAnswer(third);
        stopping.join();
      }
    }
  }

  @Test
  void connectionThatWasKeptIsAnsweredAsLongAsAnythingIs() throws Exception {
    try (Served served = Served.serving(fast, slow);
        Wire kept = served.connect();
        Wire inFlight = served.connect().send(Served.request("GET", "/slow") + "\r\n")) {
      assertThat(kept.send(FAST).read().closes()).isFalse();
      assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      Thread stopping = stop(served);
      waitUntilRefused(served);
      assertLastAnswer(kept.send(FAST));
      release.countDown();
      assertLastAnswer(inFlight);
      stopping.join();
    }
  }

  @Test
  void headOfWhichAPartHasComeIsWaitedFor() throws Exception {
    try (Served served = Served.serving(fast);
        Wire kept = served.connect()) {
      assertThat(kept.send(FAST).read().closes()).isFalse();
      served.server().drain();
      kept.send(FAST.substring(0, 9));
      Thread stopping = stop(served);
      waitUntilRefused(served);
      LockSupport.parkNanos(200_000_000); // long enough for a server that does not wait
      assertLastAnswer(kept.send(FAST.substring(9)));
      stopping.join();
    }
  }

  @Test
  void silentConnectionsDoNotHoldUpTheStop() throws Exception {
    try (Served served = Served.serving(fast);
        Wire kept = served.connect();
        Wire silent = served.connect()) {
      assertThat(kept.send(FAST).read().closes()).isFalse();
      Thread stopping = Thread.ofVirtual().start(() -> served.server().stop(Duration.ofHours(1)));
      assertThat(kept.isEnded()).isTrue();
      assertThat(silent.isEnded()).isTrue();
      assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  private static Thread stop(Served served) {
    return Thread.ofVirtual().start(() -> served.server().stop(GRACE));
  }

  private static void assertLastAnswer(Wire wire) throws IOException {
    Wire.Answer answer = wire.read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.closes()).isTrue();
    assertThat(wire.isReset()).isFalse();
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
