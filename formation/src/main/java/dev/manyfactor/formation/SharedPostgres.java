package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The one server of a JVM's tests: started when first asked for, ended and removed with the JVM.
final class SharedPostgres {
  private static @Nullable EmbeddedPostgres running;

  private SharedPostgres() {}

  static synchronized EmbeddedPostgres of(int version) throws InterruptedException {
    EmbeddedPostgres shared = running;
    if (shared == null) {
      shared = start(version);
      running = shared;
    }
    if (shared.version() != version) {
      throw new IllegalArgumentException(
          "the shared PostgreSQL of this JVM has version %d, so it cannot have version %d too"
              .formatted(shared.version(), version));
    }
    return shared;
  }

  private static EmbeddedPostgres start(int version) throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("manyfactor-postgres-");
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, version, Durability.OFF);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(postgres, folder)));
      return postgres;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), failure);
    }
  }

  private static void remove(EmbeddedPostgres postgres, Path folder) {
    postgres.close();
    try {
      Folders.delete(folder);
    } catch (IOException stays) {
      // a temporary folder: the system removes what is left in it
    }
  }
}
