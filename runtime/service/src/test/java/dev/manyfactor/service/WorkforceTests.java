package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What a stop leaves of a start that it meets.
class WorkforceTests {

  /// A web process with a database has a thread that keeps house, which is seen from outside.
  private static Workforce workforce() {
    var composition =
        new Composition("keeper", WorkforceTests.class.getClassLoader(), Surroundings.ofProcess());
    composition.database();
    composition
        .configuration()
        .bind(Environment.of(Map.of("DATABASE_URL", "postgres://app@127.0.0.1/app")));
    return new Workforce(composition);
  }

  private static List<Thread> atWork() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("housekeeping"))
        .toList();
  }

  private static void awaitNobody() throws InterruptedException {
    for (Thread thread : atWork()) {
      assertThat(thread.join(Duration.ofSeconds(20))).as("%s has ended", thread).isTrue();
    }
  }

  @Test
  void whatStartsIsAtWorkUntilItStops() throws InterruptedException {
    Workforce workforce = workforce();
    workforce.start(ProcessType.WEB);
    assertThat(atWork()).hasSize(1);

    workforce.stop(Duration.ofSeconds(1));
    awaitNobody();
  }

  @Test
  void startAfterAStopStartsNothing() {
    Workforce workforce = workforce();
    workforce.stop(Duration.ofSeconds(1));
    workforce.start(ProcessType.WEB);

    assertThat(atWork()).isEmpty();
  }

  @Test
  void stopThatMeetsAStartLeavesNobodyBehind() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        Workforce workforce = workforce();
        var together = new CyclicBarrier(2);
        Future<?> start =
            threads.submit(() -> {
              together.await();
              workforce.start(ProcessType.WEB);
              return null;
            });
        together.await();
        workforce.stop(Duration.ofSeconds(1));
        start.get();
      }
    }
    awaitNobody();
  }
}
