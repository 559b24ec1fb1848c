package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How the data folder of a PostgreSQL server is made.
final class InitDb {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DISK_FULL = "No space left on device";
  private static final int SHOWN_LINES = 20;

  private InitDb() {}

  /// Makes the data folder, complete or not at all.
  static void initialise(
      PostgresServer.Place place, String superuserPassword, Durability durability)
      throws IOException, InterruptedException {
    Path draft = place.directory().resolve("data.draft");
    Folders.delete(draft);
    Path password = place.directory().resolve("password.draft");
    new PrivateFile(password).writeText(superuserPassword);
    Files.createDirectory(draft);
    place.account().adopt(draft);
    List<String> command =
        new ArrayList<>(
            List.of(
                place.binaries().program("initdb"),
                "--pgdata=" + draft,
                "--username=postgres",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--auth-local=reject",
                "--auth-host=scram-sha-256"));
    if (durability == Durability.OFF) {
      command.add("--no-sync");
    }
    try {
      if (!endsWell(place.run(command, Spawner.OnDeath.TERM))) {
        throw notMade(place, Tail.of(place.log(), SHOWN_LINES));
      }
      Folders.renameUnlessThere(draft, place.data());
    } finally {
      Files.deleteIfExists(password);
      discard(draft);
    }
  }

  /// What cannot be removed now is removed by the next start.
  private static void discard(Path draft) {
    try {
      Folders.delete(draft);
    } catch (IOException stays) {
      // it is not the data folder, so nothing mistakes it for one
    }
  }

  /// Waits for the end, and sees to it where it does not come by itself.
  private static boolean endsWell(Process process) throws InterruptedException {
    try {
      return process.waitFor(PATIENCE) && process.exitValue() == 0;
    } finally {
      ProcessTree.kill(process.toHandle());
    }
  }

  private static FormationException notMade(PostgresServer.Place place, List<String> output) {
    if (output.stream().anyMatch(line -> line.contains(DISK_FULL))) {
      return FormationException.cannotWrite(place.directory(), new IOException(DISK_FULL));
    }
    return new FormationException(
        ExitCode.INTERNAL.number(),
        "PostgreSQL could not make its data folder in %s; its output is in %s"
            .formatted(place.directory(), place.log()),
        output);
  }
}
