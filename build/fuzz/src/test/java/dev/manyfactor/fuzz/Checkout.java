package dev.manyfactor.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the tests run.
final class Checkout {
  private Checkout() {}

  /// The folder that holds `mvnw`.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above this one holds mvnw");
      }
    }
    return folder;
  }
}
