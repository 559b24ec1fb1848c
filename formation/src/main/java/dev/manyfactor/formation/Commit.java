package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The commit that a folder's sources are at.
final class Commit {
  private Commit() {}

  /// The first twelve letters of the commit; empty where there is no git or no commit.
  static Optional<String> of(Path directory) throws InterruptedException {
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
