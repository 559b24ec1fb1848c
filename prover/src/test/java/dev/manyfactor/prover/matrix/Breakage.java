package dev.manyfactor.prover.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A patch that breaks exactly one requirement of one of the good services in `fixtures/`.
///
/// Its file is called after the requirement; its first line says what it does and how one gets
/// there; its paths begin with the folder of the service.
///
/// @param service the folder of the service
/// @param lines how many lines it adds and removes
record Breakage(String requirement, String service, String why, int lines, Path patch) {
  static final Path FIXTURES = Path.of("../fixtures");
  private static final Path FOLDER = FIXTURES.resolve("broken");
  private static final String END = ".patch";

  /// All of them, by their requirements.
  static List<Breakage> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(END))
          .sorted()
          .map(Breakage::read)
          .toList();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static Breakage read(Path patch) {
    try {
      List<String> lines = Files.readAllLines(patch);
      String name = patch.getFileName().toString();
      String file = // --- a/python/notes.py
          lines.stream().filter(line -> line.startsWith("--- a/")).findFirst().orElseThrow();
      return new Breakage(
          name.substring(0, name.length() - END.length()),
          file.split("/", -1)[1],
          lines.getFirst(),
          (int) lines.stream().filter(Breakage::isChange).count(),
          patch.toAbsolutePath());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static boolean isChange(String line) {
    return (line.startsWith("+") && !line.startsWith("+++"))
        || (line.startsWith("-") && !line.startsWith("---"));
  }
}
