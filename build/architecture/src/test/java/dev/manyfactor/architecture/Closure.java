package dev.manyfactor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The jars beside a built service, and how heavy they may be.
record Closure(Path folder) {
  static final int MOST_JARS = 45;
  static final long MOST_BYTES = 20_000_000;

  /// The jars, heaviest first.
  List<Path> jars() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted((left, right) -> Long.compare(size(right), size(left)))
          .toList();
    } catch (IOException missing) {
      throw new AssertionError(folder + " is missing; build it first: ./mvnw verify", missing);
    }
  }

  /// What is wrong with it, heaviest jars first, or nothing.
  Optional<String> tooHeavy() {
    List<Path> jars = jars();
    long bytes = jars.stream().mapToLong(Closure::size).sum();
    if (!jars.isEmpty() && jars.size() <= MOST_JARS && bytes <= MOST_BYTES) {
      return Optional.empty();
    }
    var heaviest =
        jars.stream().limit(10).map(jar -> megabytes(size(jar)) + " " + jar.getFileName()).toList();
    return Optional.of(
        "%s holds %d jars of %s; a service carries 1 to %d jars and at most %s: %s"
            .formatted(
                folder, jars.size(), megabytes(bytes), MOST_JARS, megabytes(MOST_BYTES), heaviest));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
