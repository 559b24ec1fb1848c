package dev.manyfactor.prover.observe;

import dev.manyfactor.formation.FormationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A process that outlives this JVM, should that be killed, to end what is left and to remove the
/// folder of the run.
///
/// It waits at the end of a pipe, which breaks when the JVM dies.
final class Aftermath {
  private static final int PATIENCE = 60;

  private final Path folder;
  private final Process process;

  private Aftermath(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /// Stands by for a folder.
  static Aftermath of(Path folder) {
    List<String> command =
        List.of(
            Tools.path("setsid"), // the Ctrl-C that ends the run is not meant for it
            "sh",
            "-c",
            script(),
            "mf-aftermath",
            folder.toString(),
            RunFolder.numberOf(folder));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new Aftermath(folder, builder.start());
    } catch (IOException failure) {
      throw FormationException.cannotWrite(folder, failure);
    }
  }

  /// Has it done now.
  ///
  /// @return whether the folder has gone
  boolean run() {
    try (OutputStream end = process.getOutputStream()) {
      end.flush();
    } catch (IOException broken) {
      // it was killed; the folder tells
    }
    process.onExit().completeOnTimeout(process, PATIENCE, TimeUnit.SECONDS).join();
    return !Files.exists(folder);
  }

  private static String script() {
    try (InputStream script = Aftermath.class.getResourceAsStream("aftermath.sh")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
