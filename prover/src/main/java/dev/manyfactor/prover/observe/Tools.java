package dev.manyfactor.prover.observe;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The programs of util-linux that a sandbox is made with.
final class Tools {
  /// Where programs of the system are; the PATH of a service may hold anything, or nothing.
  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/run/current-system/sw/bin");

  private static final int PATIENCE = 30;

  private Tools() {}

  /// Where a program is.
  static String path(String program) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new FormationException(
                ExitCode.UNAVAILABLE,
                "mf prove needs %s, which is in none of %s; install util-linux"
                    .formatted(program, String.join(", ", FOLDERS))))
        .toString();
  }

  /// Runs a command to its end, at most half a minute.
  ///
  /// @return whether it ended well
  static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      process.onExit().completeOnTimeout(process, PATIENCE, TimeUnit.SECONDS).join();
      boolean ended = !process.isAlive();
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (java.io.IOException unusable) {
      return false;
    }
  }
}
