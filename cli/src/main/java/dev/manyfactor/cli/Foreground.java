package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command that takes over our terminal: its input, output and exit code are ours.
///
/// @param command what to execute
/// @param directory where it runs
/// @param environment all of its variables
record Foreground(List<String> command, Path directory, Map<String, String> environment) {

  /// Runs it to its end. Ctrl-C is the command's own affair; `kill` of mf ends the command first.
  ///
  /// @return its exit code
  int run() throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Wiring.located(command, environment))
            .directory(directory.toFile())
            .inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    Signals.leaveInterruptToChild();
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return process.waitFor();
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "cannot start `%s`: %s".formatted(String.join(" ", command), failure.getMessage()));
    }
  }

  /// Without the environment, which holds secrets.
  @Override
  public String toString() {
    return "Foreground" + command;
  }
}
