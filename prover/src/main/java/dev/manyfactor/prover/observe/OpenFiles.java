package dev.manyfactor.prover.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a process holds open, from /proc.
final class OpenFiles {
  private static final int LAST_STANDARD_STREAM = 2;
  private static final int ACCESS = 3; // the two bits of the flags that say reading or writing
  private static final String DELETED = " (deleted)";

  private OpenFiles() {}

  /// One open file.
  ///
  /// @param target a path, or `socket:[…]`, `pipe:[…]`, `anon_inode:…`
  record Descriptor(long pid, int number, String target) {
    /// Whether it was opened for writing.
    boolean isWritable() {
      return ProcessTable.text(pid, "fdinfo/" + number)
          .lines()
          .filter(line -> line.startsWith("flags:"))
          .anyMatch(line -> (Long.parseLong(line.substring(6).strip(), 8) & ACCESS) != 0);
    }
  }

  /// Everything that a process holds open; empty where the system does not tell.
  static List<Descriptor> of(long pid) {
    Path folder = ProcessTable.PROC.resolve(pid + "/fd");
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.flatMap(entry -> descriptor(pid, entry).stream()).toList();
    } catch (IOException | UncheckedIOException gone) {
      return List.of();
    }
  }

  /// The files that it can write to, also those that it has mapped into its memory.
  static Stream<Path> forWriting(long pid) {
    Stream<String> opened =
        of(pid).stream()
            .filter(file -> file.number() > LAST_STANDARD_STREAM && file.target().startsWith("/"))
            .filter(Descriptor::isWritable)
            .map(Descriptor::target);
    Stream<String> mapped =
        ProcessTable.text(pid, "maps")
            .lines()
            .filter(line -> line.matches("\\S+ .w.s .* /.*"))
            .map(line -> line.substring(line.indexOf('/')));
    return Stream.concat(opened, mapped)
        .map(path ->
            path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path)
        .filter(OpenFiles::isFile)
        .map(OpenFiles::path)
        .distinct();
  }

  /// A name may hold letters that this JVM's locale has no bytes for; such a file is open all the
  /// same.
  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException unspeakable) {
      return Path.of(name.replaceAll("[^ -~]", "?"));
    }
  }

  /// Memory and devices have paths, too.
  private static boolean isFile(String path) {
    return !path.startsWith("/memfd:")
        && !path.startsWith("/SYSV")
        && (!path.startsWith("/dev/") || path.startsWith("/dev/shm/"));
  }

  private static Optional<Descriptor> descriptor(long pid, Path entry) {
    try {
      int number = Integer.parseInt(entry.getFileName().toString());
      return Optional.of(new Descriptor(pid, number, Files.readSymbolicLink(entry).toString()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
