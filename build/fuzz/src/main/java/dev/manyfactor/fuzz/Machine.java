package dev.manyfactor.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What was sent to, when and where.
///
/// @param commit of the sources
/// @param dirty whether files differed from that commit
/// @param sentAt in UTC
/// @param jdk of every process
/// @param cpus processors that client, services and PostgreSQL share
record Machine(String commit, boolean dirty, String sentAt, String jdk, int cpus) {

  static Machine here(Path root, InstantSource clock) throws IOException, InterruptedException {
    return new Machine(
        git(root, "rev-parse", "HEAD"),
        !git(root, "status", "--porcelain", "--", ".", ":!docs/evidence").isEmpty(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("java.vendor.version") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors());
  }

  private static String git(Path root, String... arguments)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("git", "-C", root.toString()));
    words.addAll(List.of(arguments));
    Process git = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IllegalStateException("this is no checkout, so no commit can be named");
    }
    return output.strip();
  }
}
