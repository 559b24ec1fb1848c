package dev.manyfactor.formation.draft;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of a service, as far as they are looked at: at most 2000, not deeper than six folders,
/// none larger than 256 KiB, none of what builds and package managers make, no tests.
final class Folder {
  private static final int DEEPEST = 6;
  private static final int MOST = 2000;
  private static final long LARGEST = 256 * 1024;
  private static final Set<String> PASSED_OVER =
      Set.of(
          "node_modules",
          "target",
          "build",
          "dist",
          "vendor",
          "venv",
          "__pycache__",
          "test",
          "tests",
          "__tests__",
          "spec");
  private static final Set<String> SOURCES =
      Set.of("js", "mjs", "cjs", "ts", "py", "go", "java", "kt", "rb", "php");

  private final Path root;
  private final List<Path> files;

  Folder(Path root) throws IOException {
    this.root = root;
    Walk walk = new Walk(root);
    Files.walkFileTree(root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, walk);
    this.files =
        walk.found.stream()
            .map(root::relativize)
            .sorted(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString))
            .toList();
  }

  Path root() {
    return root;
  }

  boolean has(String name) {
    try {
      return Files.isRegularFile(root.resolve(name));
    } catch (InvalidPathException noName) {
      return false; // some file names it, and it names none
    }
  }

  /// The first of these files that is there.
  Optional<String> first(String... names) {
    return Stream.of(names).filter(this::has).findFirst();
  }

  /// The files whose path below the folder fits, those nearest to the top first.
  List<String> files(Predicate<String> fits) {
    return files.stream().map(Path::toString).filter(fits).toList();
  }

  /// The sources in any language, nearest first.
  List<String> sources() {
    return files(name -> SOURCES.contains(name.substring(name.lastIndexOf('.') + 1)));
  }

  /// A file's text; empty if it is not there, too large, or no text.
  String text(String name) {
    Path file = root.resolve(name);
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? Files.readString(file, StandardCharsets.UTF_8)
          : "";
    } catch (MalformedInputException noText) {
      return "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found = new ArrayList<>();

    Walk(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      return !folder.equals(root) && (PASSED_OVER.contains(name) || name.startsWith("."))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        found.add(file);
      }
      return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }
}
