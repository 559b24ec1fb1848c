package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorDeathTests {
  @TempDir Path folder;

  @Test
  void killingTheSupervisorLeavesNothingAndTheNextStartWorks() throws Exception {
    assumeTrue(
        Spawner.works("setpriv", "--pdeathsig", "TERM", "true"),
        "only Linux tells a child that its parent has died");
    Stage stage = Stage.in(folder);
    Path service =
        stage.service(
            "plain",
            """
            name: plain
            runtime: java 25
            processes: {worker: <worker>, scheduler: <scheduler>}
            dependencies: [{name: database, kind: postgres, version: 18}]
            """);
    Process supervisor = supervisor(service, stage);
    FormationHome home = FormationHome.of(service);
    Stage.await("the formation", () -> home.state().filter(FormationState::ready).isPresent());
    int port = postgresPort(home);
    ProcessHandle.of(stage.pids().getFirst()).orElseThrow().destroyForcibly();
    Stage.await("the restart, whose process has to end as well", () -> started(stage) == 3);

    supervisor.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    for (long pid : stage.pids()) {
      Stage.await("process " + pid, () -> ProcessHandle.of(pid).isEmpty());
    }
    Stage.await("PostgreSQL", () -> Ports.isFree(port));
    assertThat(RunningFormations.ofUser().all())
        .extracting(FormationState::directory)
        .doesNotContain(service);

    Formation next = stage.formation(service);
    CompletableFuture<Formation.Outcome> outcome = stage.run(next);
    stage.awaitRunning(outcome);
    next.stop();
    assertThat(Stage.ended(outcome)).isEqualTo(Formation.Outcome.STOPPED);
    stage.assertNothingLeft(service);
  }

  private static int started(Stage stage) {
    try {
      return stage.pids().size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int postgresPort(FormationHome home) {
    return new PrivateFile(home.postgres(18).resolve("secrets.json"))
        .read(ClusterSecrets.class)
        .orElseThrow()
        .port();
  }

  private static Process supervisor(Path service, Stage stage) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SupervisorMain.class.getName(),
                service.toString())
            .redirectErrorStream(true)
            .redirectOutput(stage.folder.resolve("supervisor.log").toFile());
    builder.environment().putAll(stage.shell);
    return builder.start();
  }

  @Test
  void whatAnEarlierFormationLeftIsEndedByItsMarkAndNothingElseIs() throws Exception {
    String id = "11111111-2222-3333-4444-555555555555";
    ProcessBuilder marked = new ProcessBuilder("sleep", "602");
    marked.environment().put(FormationState.MARK, id);
    Process ours = marked.start();
    Process stranger = new ProcessBuilder("sleep", "603").start();
    try {
      // a recorded pid whose start instant is another one belongs to somebody else by now
      var reused = new FormationState.Running(stranger.pid(), 1);
      var process =
          new FormationState.ProcessState(
              "plain.worker", reused, Optional.empty(), Optional.empty());
      var service =
          new FormationState.ServiceState(
              "plain", folder, Optional.empty(), List.of(process), Map.of(), Map.of());
      FormationState earlier =
          new FormationState(id, folder, reused, true, Optional.empty(), List.of(service));
      assertThat(Leftovers.end(earlier, Duration.ofSeconds(30))).isEqualTo(1);
      assertThat(ours.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      ours.destroyForcibly();
      stranger.destroyForcibly();
    }
  }
}
