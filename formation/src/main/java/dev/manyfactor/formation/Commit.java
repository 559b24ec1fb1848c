package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.jar.JarFile;

/// The commit that a folder's sources are at.
public final class Commit {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SHORT = 12;
  private static final String BUILD = "META-INF/manyfactor/build.properties";

  private Commit() {}

  /// What a service has to be told of its commit, in twelve letters; nothing where its artifact
  /// knows better what it was made of, and where there is no git or no commit.
  static Optional<String> of(Manifest service) throws InterruptedException {
    boolean known = service.build().map(Manifest.Build::artifact).filter(Commit::isIn).isPresent();
    return known ? Optional.empty() : head(service.directory()).map(id -> id.substring(0, SHORT));
  }

  private static boolean isIn(Path artifact) {
    if (!artifact.toString().endsWith(".jar")) {
      return false;
    }
    try (JarFile jar = new JarFile(artifact.toFile())) {
      return jar.getEntry(BUILD) != null;
    } catch (IOException noJar) {
      return false;
    }
  }

  /// The whole id of the commit that is checked out around a folder; empty where there is no git or
  /// no commit.
  public static Optional<String> head(Path directory) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        boolean ended = git.waitFor(PATIENCE); // its one line fits into the pipe
        return ended && git.exitValue() == 0 ? id(git) : Optional.empty();
      } finally {
        git.destroyForcibly();
      }
    } catch (IOException noGit) {
      return Optional.empty();
    }
  }

  private static Optional<String> id(Process git) throws IOException {
    String line = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return line.matches("[0-9a-f]{40,64}") ? Optional.of(line) : Optional.empty();
  }
}
