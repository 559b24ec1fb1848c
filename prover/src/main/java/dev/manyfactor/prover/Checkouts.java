package dev.manyfactor.prover;

import dev.manyfactor.formation.Commit;
import dev.manyfactor.prover.trial.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Asks git about the sources of a service.
final class Checkouts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 20;

  private Checkouts() {}

  /// The commit that is checked out, which files differ from it, and whether its history is here.
  static Subject.Checkout of(Path folder) throws InterruptedException {
    return new Subject.Checkout(Commit.head(folder), dirty(folder), isShallow(folder));
  }

  /// Of the whole checkout; what this tool keeps beside a service does not count.
  private static List<String> dirty(Path folder) {
    return git(
            folder,
            "status",
            "--porcelain",
            "--untracked-files=normal",
            "--",
            ":/",
            ":(top,exclude,glob)**/.manyfactor/**")
        .filter(line -> line.length() > 3)
        .limit(MOST)
        .map(line -> line.substring(3))
        .toList();
  }

  private static boolean isShallow(Path folder) {
    return git(folder, "rev-parse", "--is-shallow-repository").anyMatch("true"::equals);
  }

  /// What git prints, line by line; nothing where there is no git.
  private static Stream<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      CompletableFuture<Void> late =
          CompletableFuture.runAsync(
              git::destroyForcibly,
              CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      try {
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
      } finally {
        late.cancel(false);
        git.destroyForcibly();
      }
    } catch (IOException noGit) {
      return Stream.empty();
    }
  }
}
