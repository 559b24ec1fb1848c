package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A sandbox in a folder of its own, and what tests ask of it.
final class Cage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String PATH =
      Path.of(System.getProperty("java.home"), "bin") + ":/usr/local/bin:/usr/bin:/bin";

  final Path folder;
  final Sandbox sandbox;

  private Cage(Path folder, Means means) {
    this.folder = folder;
    this.sandbox = LocalSandbox.open(folder, System::nanoTime, means);
  }

  static Cage with(Means means) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "mf-cage-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Cage(folder, means);
  }

  static Cage usual() throws IOException {
    return with(Means.ALL);
  }

  /// Starts a shell script.
  Observed shell(String script) {
    return run(List.of("sh", "-c", script), Set.of());
  }

  /// Starts a command in a scratch folder of its own.
  Observed run(List<String> command, Set<Integer> connects) {
    Path scratch = sandbox.scratch("web");
    return sandbox.start(
        new Launch(
            "web",
            command,
            scratch,
            Map.of("PATH", PATH, "HOME", scratch.toString(), "TMPDIR", scratch.toString()),
            new Launch.Reach(scratch, connects)));
  }

  static void awaitLine(Observed process, String text) throws InterruptedException {
    assertThat(process.output().await(0, line -> line.text().equals(text), PATIENCE))
        .as("line %s of %s", text, process.output().lines())
        .isPresent();
  }

  static List<String> linesOf(Observed process) throws InterruptedException {
    assertThat(process.awaitExit(PATIENCE)).as("end of the process").isTrue();
    return process.output().lines().stream().map(OutputLine::text).toList();
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int round = 0; round < 3000 && !condition.getAsBoolean(); round++) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  static boolean lives(long pid) {
    return ProcessTable.row(pid).isPresent();
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
    assertThat(folder).isEmptyDirectory();
    Files.delete(folder);
  }
}
