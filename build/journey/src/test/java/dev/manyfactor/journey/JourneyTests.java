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

/// Does what the README asks a newcomer to do, with its own commands, and then what the guide to
/// operating jobs shows.
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
        new Newcomer(shell, blocks).walks();
        new Operator(shell, readme.port()).works();
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
