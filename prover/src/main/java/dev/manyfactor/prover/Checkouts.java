package dev.manyfactor.prover;

import dev.manyfactor.formation.Commit;
import dev.manyfactor.prover.trial.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks git about the sources of a service.
final class Checkouts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 20;

  private Checkouts() {}

  /// The commit that is checked out, which files differ from it, and whether its history is here.
  static Subject.Checkout of(Path folder) throws InterruptedException {
    Optional<String> commit = Commit.head(folder);
    return new Subject.Checkout(
        commit, commit.isPresent() ? dirty(folder) : List.of(), isShallow(folder));
  }

  /// Of the whole checkout; what this tool keeps beside a service does not count.
  private static List<String> dirty(Path folder) throws InterruptedException {
    return git(
            folder,
            "status",
            "--porcelain",
            "--untracked-files=normal",
            "--",
            ":/",
            ":(top,exclude,glob)**/.manyfactor/**")
        .map(lines ->
            lines.stream()
                .filter(line -> line.length() > 3)
                .limit(MOST)
                .map(line -> line.substring(3))
                .toList())
        .orElse(List.of("`git status` fails or takes too long, so any file may differ"));
  }

  private static boolean isShallow(Path folder) throws InterruptedException {
    return git(folder, "rev-parse", "--is-shallow-repository")
        .filter(lines -> lines.contains("true"))
        .isPresent();
  }

  /// What git prints, line by line; empty where there is no git, or it fails.
  private static Optional<List<String>> git(Path folder, String... arguments)
      throws InterruptedException {
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
        String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean succeeded = git.waitFor(PATIENCE) && git.exitValue() == 0;
        return succeeded ? Optional.of(printed.lines().toList()) : Optional.empty();
      } finally {
        late.cancel(false);
        git.destroyForcibly();
      }
    } catch (IOException noGit) {
      return Optional.empty();
    }
  }
}
