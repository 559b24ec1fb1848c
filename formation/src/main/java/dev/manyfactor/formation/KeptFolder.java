package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder `.manyfactor` beside a service, as git sees it.
public final class KeptFolder {
  private static final String IGNORE = ".gitignore";

  private KeptFolder() {}

  /// Tells git to ignore all of `folder`, itself included, unless somebody has said something of it
  /// already: what a tool keeps is no change of the service that it looks at.
  ///
  /// @throws IOException if the folder cannot be written
  public static void ignoredByGit(Path folder) throws IOException {
    Path file = folder.resolve(IGNORE);
    if (Files.notExists(file)) {
      Files.writeString(file, "*\n");
    }
  }
}
