package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The command as its user meets it: real processes, real signals.
class UpTests {
  private static final String MANIFEST =
      """
      name: echo
      runtime: sh 1
      processes:
        worker: {readiness: none, command: 'echo "{\\"message\\":\\"at work\\"}"; echo pid $$; exec sleep 604'}
      tasks:
        shout: 'tr a-z A-Z; echo "$OIDC_AUDIENCE $1"; exit 3'
        version: java -version
      dependencies:
        - {name: identity, kind: oidc}
      samples:
        - {request: GET /v1/echoes, scope: 'echoes:read'}
      """;

  @TempDir Path folder;
  private Program mf;
  private Path service;
  private Program.Started up;

  @BeforeEach
  void start() throws Exception {
    mf = new Program(folder);
    service = Files.createDirectory(folder.resolve("echo"));
    Files.writeString(service.resolve("manyfactor.yaml"), MANIFEST);
    up = mf.start("up", service.toString());
    Program.await(up, () -> up.output().matches("(?s).*\\| pid \\d+\n.*"));
  }

  @AfterEach
  void stop() throws Exception {
    up.signal("INT");
    if (!up.process().waitFor(60, TimeUnit.SECONDS)) {
      up.process().destroyForcibly();
    }
  }

  @Test
  void theTableShowsProcessesAndWhatToDoNextAndLogsHaveTheirProcessInFront() throws Exception {
    assertThat(up.output())
        .contains("echo is running, ready after")
        .contains("echo.worker")
        .contains("OIDC issuer")
        .contains("TOKEN=$(mf token --tenant acme --scope \"echoes:read\")")
        .contains("mf run echo shout")
        .contains("echo.worker | {\"message\":\"at work\"}\n")
        .doesNotContain("\u001b");
  }

  @Test
  void ctrlCStopsEverythingAndLeavesNothing() throws Exception {
    up.signal("INT");
    assertThat(up.exitCode()).isZero();
    assertThat(up.output()).contains("echo.worker: stopped").contains("OIDC issuer: stopped");
    assertThat(service.resolve(".manyfactor/formation.json")).doesNotExist();
    assertThat(ProcessHandle.of(pidIn(up))).isEmpty();
    Program.Started token = mf.start("token", "--tenant", "acme");
    assertThat(token.exitCode()).isEqualTo(69);
    assertThat(token.errors()).isEqualTo("mf: no formation runs; start one with `mf up DIR`\n");
  }

  @Test
  void aSecondCtrlCEndsWhatDoesNotStopByItself() throws Exception {
    Path stubborn = Files.createDirectory(folder.resolve("stubborn"));
    Files.writeString(
        stubborn.resolve("manyfactor.yaml"),
        """
        name: stubborn
        runtime: sh 1
        processes:
          worker: {readiness: none, command: 'trap "echo no" TERM; echo pid $$; while true; do sleep 0.1; done'}
        """);
    Program.Started second = mf.start("up", stubborn.toString());
    Program.await(second, () -> second.output().matches("(?s).*\\| pid \\d+\n.*"));
    second.signal("INT");
    Program.await(second, () -> second.output().contains("| no"));
    Thread.sleep(500); // what follows faster is the same press
    second.signal("INT");
    assertThat(second.exitCode())
        .isZero(); // long before the 35 s after which mf would kill by itself
    assertThat(second.output()).contains("stubborn.worker: did not stop in time and was killed");
    assertThat(ProcessHandle.of(pidIn(second))).isEmpty();
  }

  @Test
  void aTokenIsAllThatIsPrintedAndFitsTheOnlyFormation() throws Exception {
    Program.Started token = mf.start("token", "--tenant", "acme", "--scope", "echoes:read");
    assertThat(token.exitCode()).as(token.errors()).isZero();
    assertThat(token.output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
    assertThat(token.errors()).isEmpty();
    Program.Started whole = mf.start("token", "--tenant", "acme", "--json", service.toString());
    assertThat(whole.exitCode()).isZero();
    assertThat(whole.output()).startsWith("{\"access_token\":").contains("\"expires_in\":3600");
  }

  @Test
  void aTaskGetsInputArgumentsAndEnvironmentAndGivesOutputAndExitCode() throws Exception {
    Program.Started task = mf.startWith("hello\n", "run", service.toString(), "shout", "--tenant");
    assertThat(task.exitCode()).isEqualTo(3);
    assertThat(task.output()).isEqualTo("HELLO\necho --tenant\n");
    assertThat(task.errors()).isEmpty();
  }

  @Test
  void javaIsTheOneThatMfRunsOnWhateverThePathSays() throws Exception {
    Program.Started task = mf.start("run", service.toString(), "version");
    assertThat(task.exitCode()).isZero();
    assertThat(task.errors()).contains("\"" + Runtime.version().feature() + ".");
  }

  @Test
  void aSecondFormationIsRefusedWithTheRemedy() throws Exception {
    Program.Started second = mf.start("up", service.toString());
    assertThat(second.exitCode()).isEqualTo(69);
    assertThat(second.errors())
        .isEqualTo(
            "mf: a formation already runs in %s (process %d); use it, or stop it with Ctrl-C or `kill %d`\n"
                .formatted(service, up.process().pid(), up.process().pid()));
    assertThat(up.process().isAlive()).isTrue();
  }

  @Test
  void machinesGetEachEventAsALineOfJson() throws Exception {
    Path other = Files.createDirectory(folder.resolve("json"));
    Files.writeString(
        other.resolve("manyfactor.yaml"), MANIFEST.replace("name: echo", "name: json"));
    Program.Started machine = mf.start("up", "--json", "--scale", "worker=2", other.toString());
    Program.await(machine, () -> machine.output().contains("{\"type\":\"running\""));
    machine.signal("INT");
    assertThat(machine.exitCode()).isZero();
    assertThat(machine.errors()).isEmpty();
    List<String> types =
        machine
            .output()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .map(event -> event.get("type").asString())
            .toList();
    assertThat(types)
        .containsSubsequence(
            "provided", "started", "started", "ready", "running", "stopping", "stopped");
    assertThat(machine.output())
        .contains("\"process\":\"json.worker.2\",\"entry\":{\"message\":\"at work\"}");
  }

  @Test
  void whatFailsIsAnEventToo() throws Exception {
    Program.Started second = mf.start("up", "--json", service.toString());
    assertThat(second.exitCode()).isEqualTo(69);
    assertThat(second.output())
        .startsWith("{\"type\":\"failed\",")
        .contains("\"exit_code\":69,\"message\":\"a formation already runs in ");
    assertThat(second.errors()).startsWith("mf: a formation already runs in ");
  }

  @Test
  void aTaskWithoutFormationSaysHowToStartOne() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(
        other.resolve("manyfactor.yaml"), MANIFEST.replace("name: echo", "name: other"));
    Program.Started task = mf.start("run", other.toString(), "shout");
    assertThat(task.exitCode()).isEqualTo(69);
    assertThat(task.errors())
        .isEqualTo(
            "mf: no formation runs with %s; start it with `mf up %s`\n".formatted(other, other));
  }

  private static long pidIn(Program.Started command) {
    return Long.parseLong(command.output().replaceAll("(?s).*\\| pid (\\d+).*", "$1"));
  }
}
