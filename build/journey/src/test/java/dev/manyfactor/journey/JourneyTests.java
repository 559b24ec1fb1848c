package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what the README asks a newcomer to do, with its own commands.
class JourneyTests {
  @TempDir private Path folder;
  private Clone clone = new Clone(Path.of(""));
  private final Readme readme = Readme.withPort(Clone.freePort());

  @BeforeEach
  void lay() throws IOException {
    clone = Clone.in(folder);
  }

  @Test
  void theCommandsOfTheReadmeDoWhatItSays() throws Exception {
    List<String> blocks = readme.blocks();
    assertThat(blocks).as("blocks of commands: up, who, pay, look, run").hasSize(5);
    try (Up up = Up.start(clone, readme.up())) {
      up.awaitRunning();
      everythingRuns(up);
      try (Shell shell = Shell.in(clone)) {
        identifiesItself(shell, blocks.get(1));
        pays(shell, blocks.get(2), blocks.get(3));
        exportsItsCustomers(shell, blocks.get(4));
        aSecondFormationIsRefused(shell, up);
      }
      ctrlCLeavesNothing(up);
    }
  }

  private void everythingRuns(Up up) {
    assertThat(up.text())
        .contains("payments is running, ready after")
        .contains("payments.web", "payments.worker", "payments.scheduler", "cards.web")
        .contains("PostgreSQL 18", "OIDC issuer", "http://localhost:" + readme.port());
    assertThat(clone.processes()).hasSizeGreaterThan(5);
  }

  private static void identifiesItself(Shell shell, String block) throws Exception {
    Shell.Answer done = shell.run(block);
    assertThat(done).isEqualTo(new Shell.Answer(0, "", ""));
    assertThat(shell.run("echo $TOKEN").output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
    assertThat(shell.run("echo $CUSTOMER").output()).matches("[0-9a-f-]{36}\\n");
  }

  private static void pays(Shell shell, String post, String look) throws Exception {
    Shell.Answer first = shell.run(post);
    assertThat(first.output())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nLocation: /v1/payments/")
        .doesNotContain("Idempotent-Replayed");
    assertThat(first.body()).contains("\"status\":\"pending\"");

    Shell.Answer seen = shell.run(look);
    for (int looks = 0; looks < 200 && !seen.output().contains("\"captured\""); looks++) {
      Thread.sleep(50);
      seen = shell.run(look);
    }
    assertThat(seen.output()).contains("\"status\":\"captured\"", "\"amount_minor\":1999");

    Shell.Answer second = shell.run(post);
    assertThat(second.output())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nIdempotent-Replayed: true\r\n");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(shell.run(look).output()).isEqualTo(seen.output());
  }

  private static void exportsItsCustomers(Shell shell, String block) throws Exception {
    Shell.Answer export = shell.run(block);
    assertThat(export.status()).as(export.errors()).isZero();
    assertThat(export.output().lines())
        .satisfiesExactly(
            header -> assertThat(header).isEqualTo("id,email,name,country,tier,created_at"),
            ada -> assertThat(ada).contains(",ada@example.com,Ada,GB,vip,"));
  }

  private void aSecondFormationIsRefused(Shell shell, Up first) throws Exception {
    Shell.Answer second = shell.run(readme.up());
    assertThat(second.status()).isEqualTo(69);
    assertThat(second.output()).isEmpty();
    assertThat(second.errors())
        .isEqualTo(
            "mf: a formation already runs in %s (process %d); use it, or stop it with Ctrl-C or `kill %d`\n"
                .formatted(
                    clone.state().getParent(), first.process().pid(), first.process().pid()));
    assertThat(first.process().isAlive()).isTrue();
  }

  private void ctrlCLeavesNothing(Up up) throws Exception {
    Set<Integer> ports = up.ports();
    assertThat(ports).hasSizeGreaterThan(5);
    up.interrupt();
    assertThat(up.exitCode()).as(up.text()).isZero();
    assertThat(up.text())
        .contains("payments.web: stopped", "cards.web: stopped", "PostgreSQL 18: stopped");
    assertThat(clone.processes()).isEmpty();
    assertThat(ports).allMatch(Clone::isFree);
    assertThat(Tree.list(clone.runtime().resolve("manyfactor"))).isEmpty();
    assertThat(clone.state().resolve("formation.json")).doesNotExist();
    assertThat(clone.state().resolve("postgres-18/data/postmaster.pid")).doesNotExist();
    // the file of the lock stays, but nobody holds it
    assertThat(Files.size(clone.state().resolve("supervisor"))).isZero();
  }

  @Test
  void aKilledSupervisorLeavesNoProcess() throws Exception {
    try (Up up = Up.start(clone, readme.up())) {
      up.awaitRunning();
      Set<Integer> ports = up.ports();
      assertThat(clone.processes()).hasSizeGreaterThan(5);
      up.process().destroyForcibly();
      Await.until(
          "the end of every process",
          () -> clone.processes().isEmpty(),
          () -> String.join("\n", clone.processes()));
      assertThat(ports).allMatch(Clone::isFree);
    }
  }
}
