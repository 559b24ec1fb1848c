package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Removes what earlier formations kept in their folder: the databases with their passwords, and
/// the issuer's key. Logs of builds and everything that is not a formation's stay.
///
/// It goes through no symbolic link: a folder that is one is an error, a link inside of a database
/// is removed as a link. A folder is renamed before it is emptied, so that a broken-off removal
/// leaves no half of a database.
final class FreshStart {
  private static final String DRAFT = "removing-";

  private FreshStart() {}

  /// Removes, and says what. The caller holds the folder's lock.
  ///
  /// @param databases whether the databases go too
  static List<String> in(FormationHome home, boolean databases) throws InterruptedException {
    Path folder = home.folder();
    try {
      List<Path> kept = kept(folder, databases);
      for (Path path : kept) {
        requireOwn(path);
      }
      List<String> removed = new ArrayList<>();
      for (Path path : kept) {
        remove(path);
        if (!name(path).startsWith(DRAFT)) {
          removed.add(folder.getFileName() + "/" + name(path));
        }
      }
      return removed;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(folder, failure);
    }
  }

  private static List<Path> kept(Path folder, boolean databases) throws IOException {
    requireOwn(folder);
    String names = databases ? "issuer\\.json|(" + DRAFT + ")?postgres-[0-9]+" : "issuer\\.json";
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> name(path).matches(names)).sorted().toList();
    }
  }

  private static void requireOwn(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new FormationException(
          ExitCode.CANNOT_WRITE,
          "--fresh removes nothing through a symbolic link, but %s leads to %s; remove one of them yourself"
              .formatted(path, Files.readSymbolicLink(path)));
    }
  }

  private static void remove(Path path) throws IOException, InterruptedException {
    if (!Files.isDirectory(path)) {
      Files.delete(path);
      return;
    }
    PostgresServer.endLeftover(path.resolve("data"));
    Path draft = path.resolveSibling(DRAFT + name(path).replace(DRAFT, ""));
    if (!draft.equals(path)) {
      Folders.delete(draft);
      Files.move(path, draft);
    }
    Folders.delete(draft);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
