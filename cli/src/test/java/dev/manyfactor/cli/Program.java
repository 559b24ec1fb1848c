package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The command in a process of its own, with a runtime folder of its own.
///
/// @param folder where its output goes and where it keeps which formations run
record Program(Path folder) {
  private static final long PATIENCE_SECONDS = 60;

  /// A started command.
  record Started(Process process, Path out, Path err) {
    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("the command ends")
          .isTrue();
      return process.exitValue();
    }

    String output() {
      return read(out);
    }

    String errors() {
      return read(err);
    }

    void signal(String name) throws Exception {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  Started start(String... arguments) throws IOException {
    return startWith("", arguments);
  }

  /// Starts `mf` with `input` as its standard input.
  Started startWith(String input, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT", // ignored in what a shell runs in the background
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", // as the manifest of mf.jar says
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Mf.class.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Path in = Files.createTempFile(folder, "in", ".txt");
    Files.writeString(in, input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return new Started(builder.start(), out, err);
  }

  static void await(Started command, BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(command.process().isAlive()).as(command.output() + command.errors()).isTrue();
      assertThat(tries).as("waiting: " + command.output() + command.errors()).isLessThan(6_000);
      Thread.sleep(10);
    }
  }
}
