package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PATH = "/usr/bin:/bin";

  @TempDir Path folder;

  @Test
  void processIsSeenFromItsFirstLineToItsExitCode() throws InterruptedException {
    try (Sandbox sandbox = Sandbox.open(folder, System::nanoTime)) {
      Observed process = sandbox.start(shell(sandbox, "echo ready; echo oops >&2; read x; exit 7"));
      assertThat(process.awaitExit(PATIENCE)).isTrue();
      assertThat(process.exitCode()).hasValue(7);
      assertThat(process.output().lines())
          .extracting(line -> line.stream() + " " + line.text())
          .containsExactlyInAnyOrder("STDOUT ready", "STDERR oops");
      assertThat(process.output().lines())
          .allSatisfy(line -> assertThat(line.moment()).isGreaterThanOrEqualTo(process.started()));
      assertThat(process.ended()).isPresent();
    }
  }

  @Test
  void closeEndsTheWholeTreeAndRemovesTheScratch() throws Exception {
    Path scratch;
    List<ProcessFact> tree;
    try (Sandbox sandbox = Sandbox.open(folder, System::nanoTime)) {
      scratch = sandbox.scratch("web");
      Observed process = sandbox.start(shell(sandbox, "sleep 601 & echo up; wait"));
      assertThat(process.output().await(0, line -> line.text().equals("up"), PATIENCE)).isPresent();
      assertThat(process.environment()).isEqualTo(Map.of("PATH", PATH));
      tree = process.tree();
      assertThat(tree).hasSize(2);
    }
    assertThat(scratch).doesNotExist();
    assertThat(tree).noneMatch(fact -> ProcessTable.row(fact.pid()).isPresent());
    assertThat(folder).isEmptyDirectory();
  }

  private static Launch shell(Sandbox sandbox, String script) {
    Path scratch = sandbox.scratch("web");
    return new Launch(
        "web",
        List.of("sh", "-c", script),
        scratch,
        Map.of("PATH", PATH),
        new Launch.Reach(scratch, Set.of()));
  }
}
