package dev.manyfactor.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that is being built.
final class Tree {
  /// The folder that holds the root pom.
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Tree() {}

  /// A file that the build makes.
  static Path built(String file) {
    Path path = ROOT.resolve(file);
    if (!Files.exists(path)) {
      throw new AssertionError(path + " is missing; build it first: ./mvnw package -DskipTests");
    }
    return path;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Copies a file or a folder, rights included, below the same relative place in `root`.
  static void copy(String place, Path root) {
    try (Stream<Path> files = Files.walk(built(place))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(ROOT.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What is in a folder; nothing if there is none.
  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
