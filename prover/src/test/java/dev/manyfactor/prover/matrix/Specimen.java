package dev.manyfactor.prover.matrix;

import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.ProverSettings;
import dev.manyfactor.prover.outcome.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A good service, or one that a patch has broken, as a clean checkout of its own.
///
/// @param root the folder around the checkout
/// @param service the name of the checkout's folder
record Specimen(Path root, String service) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final List<String> COMMITTER =
      List.of("-c", "user.name=matrix", "-c", "user.email=matrix@example.com");

  /// A service as it is.
  static Specimen good(String service) throws IOException, InterruptedException {
    Specimen specimen = copied(service);
    specimen.commit();
    return specimen;
  }

  /// A service with its one weakness.
  static Specimen broken(Breakage breakage) throws IOException, InterruptedException {
    Specimen specimen = copied(breakage.service());
    specimen.run(specimen.root, List.of("git", "apply", breakage.patch().toString()));
    specimen.commit();
    return specimen;
  }

  /// Readable by all, for its processes may run as another user.
  private static Specimen copied(String service) throws IOException {
    Path root = Files.createTempDirectory("mf-matrix-");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path copy = Files.createDirectory(root.resolve(service));
    try (Stream<Path> files = Files.list(Breakage.FIXTURES.resolve(service))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return new Specimen(root, service);
  }

  private void commit() throws IOException, InterruptedException {
    run(folder(), List.of("git", "init", "--quiet"));
    run(folder(), List.of("git", "add", "--all"));
    List<String> commit = new ArrayList<>(List.of("git"));
    commit.addAll(COMMITTER);
    commit.addAll(List.of("commit", "--quiet", "--message", "a specimen"));
    run(folder(), commit);
  }

  private void run(Path directory, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null"); // no hooks, no signatures
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("`%s` failed: %s".formatted(String.join(" ", command), output));
    }
  }

  Path folder() {
    return root.resolve(service);
  }

  /// What the prover finds.
  Report proven(Choice choice, boolean fast, long seed) throws InterruptedException {
    ProverSettings settings = new ProverSettings(folder(), choice, fast, seed, LIMIT, List.of());
    return new Prover(settings, Surroundings.ofProcess(), _ -> {}).prove();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
