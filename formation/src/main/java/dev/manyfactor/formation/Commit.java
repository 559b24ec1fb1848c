package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;

/// The commit that a folder's sources are at.
final class Commit {
  private static final String BUILD = "META-INF/manyfactor/build.properties";

  private Commit() {}

  /// What a service has to be told of its commit, in twelve letters; nothing where its artifact
  /// knows better what it was made of, and where there is no git or no commit.
  static Optional<String> of(Manifest service) throws InterruptedException {
    boolean known = service.build().map(Manifest.Build::artifact).filter(Commit::isIn).isPresent();
    return known ? Optional.empty() : of(service.directory());
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

  private static Optional<String> of(Path directory) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD")
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && !commit.isEmpty() ? Optional.of(commit) : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    }
  }
}
