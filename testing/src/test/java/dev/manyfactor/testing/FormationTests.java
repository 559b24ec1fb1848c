package dev.manyfactor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.service.Composition;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Formations of services that are as small as they can be.
class FormationTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// A service with a database and nothing else.
  public static final class Keeper {
    private Keeper() {}

    public static void main(String[] arguments) {
      service().main(arguments);
    }

    public static Service service() {
      return Service.of("keeper", Composition::database);
    }
  }

  /// A service that calls the keeper.
  public static final class Caller {
    private Caller() {}

    public static Service service() {
      return Service.of(
          "caller",
          service -> {
            service.database();
            service.upstream("keeper");
          });
    }
  }

  /// A service that is not a program.
  public static final class Mute {
    private Mute() {}

    public static Service service() {
      return Service.of("mute", Composition::database);
    }
  }

  private static Setting setting(Class<?> service, boolean processes, String... environment) {
    List<Class<?>> upstreams = service == Caller.class ? List.of(Keeper.class) : List.of();
    return new Setting(
        service, upstreams, List.of(environment), ProcessType.ALL, processes, Optional.empty());
  }

  @Test
  void formationThatDoesNotStartLeavesNothing() throws InterruptedException {
    List<String> before = threadsOfServers();

    assertThatThrownBy(
            () -> TestFormation.start(setting(Caller.class, false, "KEEPER_ATTEMPTS=none")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KEEPER_ATTEMPTS");

    Instant late = Instant.now().plus(PATIENCE);
    while (!threadsOfServers().equals(before) && Instant.now().isBefore(late)) {
      Thread.sleep(20);
    }
    assertThat(threadsOfServers()).isEqualTo(before);
  }

  /// What the issuer and the management port of each service run on.
  private static List<String> threadsOfServers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("HTTP-Dispatcher") || name.contains("management"))
        .sorted()
        .toList();
  }

  @Test
  void processOfItsOwnIsStoppedKilledFrozenAndStartedAgainWhereItWas() {
    try (TestFormation formation = TestFormation.start(setting(Keeper.class, true))) {
      TestService keeper = formation.service();
      TestProcess process = keeper.process();
      TestClient operator = keeper.operator();
      operator.get("/readyz").expect(200);

      process.freeze();
      assertThatThrownBy(process::stop).hasMessageContaining("thaw it, or kill it");
      process.thaw();
      assertThat(process.stop()).isZero();
      assertThat(process.isRunning()).isFalse();
      process.restart();
      operator.get("/readyz").expect(200);
      process.kill();
      assertThat(process.isRunning()).isFalse();

      assertThat(process.logs())
          .extracting(line -> line.path("message").asString(""))
          .containsSubsequence("ready", "stopping", "stopped");
    }
  }

  @Test
  void whatATestDidToAProcessIsUndoneForTheNext() {
    try (TestFormation formation = TestFormation.start(setting(Keeper.class, true))) {
      TestService keeper = formation.service();
      keeper.process().freeze();
      formation.mend();
      keeper.operator().get("/readyz").expect(200);

      keeper.process().kill();
      formation.mend();
      keeper.operator().get("/readyz").expect(200);
    }
  }

  @Test
  void processInsideOfTheTestIsStoppedButNotKilled() {
    try (TestFormation formation = TestFormation.start(setting(Keeper.class, false))) {
      TestService keeper = formation.service();
      assertThatThrownBy(keeper.process()::kill)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be killed")
          .hasMessageContaining("processes = true");

      keeper.process().stop();
      keeper.process().restart();
      keeper.operator().get("/readyz").expect(200);
    }
  }

  @Test
  void processThatEndsBeforeItIsReadySaysWhy() {
    assertThatThrownBy(() -> TestFormation.start(setting(Mute.class, true)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ended with 1 before it was ready")
        .hasMessageContaining("main");
  }

  @Test
  void clockThatAProcessDoesNotHearOfIsRefused() {
    try (TestFormation formation = TestFormation.start(setting(Keeper.class, true))) {
      assertThatThrownBy(formation.service()::clock).hasMessageContaining("processes = false");
    }
    try (TestFormation formation = TestFormation.start(setting(Keeper.class, false))) {
      formation.service().clock().advance(Duration.ofHours(1));
      assertThatThrownBy(() -> formation.service().start(ProcessType.ALL))
          .hasMessageContaining("keeps the machine's time");
    }
  }
}
