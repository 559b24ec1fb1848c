package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

/// Whether an artifact has to be built: it is not there, or an input is newer than it and than the
/// last build.
final class Staleness {
  private static final Set<String> NEVER_INPUTS =
      Set.of("target", "node_modules", ".git", ".manyfactor", ".idea", "__pycache__");
  private static final Path TESTS = Path.of("src", "test");

  private Staleness() {}

  /// Looks at the times of the files.
  ///
  /// @param stamp a file as old as the last build that went well; it need not be there
  static boolean isStale(Manifest.Build build, Path stamp) {
    try {
      if (!Files.exists(build.artifact())) {
        return true;
      }
      FileTime made = Files.getLastModifiedTime(build.artifact());
      if (Files.exists(stamp) && Files.getLastModifiedTime(stamp).compareTo(made) > 0) {
        made = Files.getLastModifiedTime(stamp);
      }
      return anyNewer(build.inputs(), made);
    } catch (IOException unreadable) {
      return true; // the build says what is wrong better than we can
    }
  }

  private static boolean anyNewer(List<Path> inputs, FileTime made) throws IOException {
    NewerFile search = new NewerFile(made);
    for (Path input : inputs) {
      Files.walkFileTree(input, search);
    }
    return search.found;
  }

  private static final class NewerFile extends SimpleFileVisitor<Path> {
    private final FileTime than;
    private boolean found;

    NewerFile(FileTime than) {
      this.than = than;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return NEVER_INPUTS.contains(String.valueOf(folder.getFileName())) || folder.endsWith(TESTS)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      found = found || attributes.lastModifiedTime().compareTo(than) > 0;
      return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
  }
}
