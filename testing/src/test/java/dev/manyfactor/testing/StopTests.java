package dev.manyfactor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.Service;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Response;
import dev.manyfactor.web.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What is under way when a process is asked to stop.
class StopTests {
  private static final CountDownLatch ARRIVED = new CountDownLatch(1);
  private static final CountDownLatch MAY_ANSWER = new CountDownLatch(1);

  /// A service with an operation that takes its time.
  public static final class Slow {
    private Slow() {}

    public static Service service() {
      return Service.of(
          "slow",
          service -> {
            service.database();
            service.web(new Routes("slow.openapi.yaml", List.of(slow())));
          });
    }

    private static Operation slow() {
      return new Operation(
          "slow",
          Method.GET,
          "/slow",
          new Access.Public(),
          new Idempotent.Safe(),
          Duration.ofMinutes(2),
          BodyRule.NONE,
          new Handler.Plain(input ->
              context -> {
                ARRIVED.countDown();
                awaitQuietly(MAY_ANSWER);
                return Response.empty(204);
              }));
    }
  }

  @Test
  void requestsAndJobsAreGivenTheirGraceSideBySide() throws Exception {
    List<String> grace = List.of("SHUTDOWN_GRACE=2m");
    var setting =
        new Setting(Slow.class, List.of(), grace, ProcessType.ALL, false, Optional.empty());
    long before = housekeepers();
    try (TestFormation formation = TestFormation.start(setting);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(housekeepers()).isEqualTo(before + 1);
      TestService slow = formation.service();
      Future<TestResponse> answer = threads.submit(() -> TestClient.of(slow.url()).get("/slow"));
      assertThat(ARRIVED.await(30, TimeUnit.SECONDS)).isTrue();
      Future<Integer> stopped = threads.submit(slow.process()::stop);
      try {
        // who keeps house goes home once the worker and the scheduler have
        Instant late = Instant.now().plus(Duration.ofSeconds(25));
        while (housekeepers() > before && Instant.now().isBefore(late)) {
          Thread.sleep(20);
        }
        assertThat(housekeepers()).isEqualTo(before);
        assertThat(stopped.isDone()).isFalse();
      } finally {
        MAY_ANSWER.countDown();
      }
      answer.get().expect(204);
      assertThat(stopped.get()).isZero();
    }
  }

  private static long housekeepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("housekeeping"))
        .count();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
