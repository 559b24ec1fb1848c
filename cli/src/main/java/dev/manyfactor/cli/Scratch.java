package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary folder, gone when it is closed.
record Scratch(Path folder) implements AutoCloseable {
  static Scratch made() {
    try {
      return new Scratch(Files.createTempDirectory("mf-chaos-"));
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.CANNOT_WRITE, "no scratch folder can be made: " + failure.getMessage());
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException leftOver) {
      // a temporary folder; the system removes it one day
    }
  }
}
