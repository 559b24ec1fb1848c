package dev.manyfactor.prover;

import dev.manyfactor.formation.Commit;
import dev.manyfactor.prover.trial.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Asks git about the sources of a service.
final class Checkouts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 20;

  private Checkouts() {}

  /// The commit that is checked out, and which files differ from it.
  static Subject.Checkout of(Path folder) throws InterruptedException {
    return new Subject.Checkout(Commit.head(folder), dirty(folder));
  }

  private static List<String> dirty(Path folder) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "status", "--porcelain", "--untracked-files=normal")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        git.onExit().orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
            .filter(line -> line.length() > 3)
            .limit(MOST)
            .map(line -> line.substring(3))
            .toList();
      } finally {
        git.destroyForcibly();
      }
    } catch (IOException noGit) {
      return List.of();
    }
  }
}
