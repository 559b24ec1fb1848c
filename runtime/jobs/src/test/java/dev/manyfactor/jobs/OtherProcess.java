package dev.manyfactor.jobs;

import dev.manyfactor.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;

/// Processes that tests kill and freeze.
final class OtherProcess {
  private OtherProcess() {}

  /// Starts one whose arguments are the database's address and a folder.
  static Process start(Class<?> main, TestPostgres postgres, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            postgres.app().toString(),
            folder.toString())
        .inheritIO()
        .start();
  }
}
