package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The data folder of a PostgreSQL server with its passwords, before and beside the server that
/// runs over it.
///
/// @param place where it is, and what runs there
/// @param kept holds its port and passwords
/// @param durability whether its commits survive a power cut
record Cluster(PostgresServer.Place place, PrivateFile kept, Durability durability) {

  /// The cluster in `directory`, which is made if it is not there; nothing of it is read yet.
  static Cluster in(Path directory, int version, Durability durability, Account account)
      throws IOException {
    Path own = PrivateFile.createFolder(directory.toAbsolutePath());
    var place = new PostgresServer.Place(own, PostgresBinaries.unpack(version), account);
    return new Cluster(place, new PrivateFile(own.resolve("secrets.json")), durability);
  }

  /// The major version.
  int major() {
    return place.binaries().major();
  }

  /// Makes the data folder, or makes sure that it is ours and that nobody runs over it.
  ///
  /// @return its passwords, and a port that is free
  ClusterSecrets prepared() throws IOException, InterruptedException {
    ClusterSecrets secrets = kept.read(ClusterSecrets.class).orElseGet(ClusterSecrets::fresh);
    if (!Files.exists(place.data())) {
      InitDb.initialise(place, secrets.superuser(), durability);
    } else {
      requireOurs();
      place.account().adopt(place.data());
      PostgresServer.endLeftover(place.data());
    }
    ClusterSecrets placed = secrets.at(Ports.freeOr(secrets.port()));
    kept.write(placed);
    return placed;
  }

  private void requireOurs() throws IOException {
    String found = Files.readString(place.data().resolve("PG_VERSION")).trim();
    if (!found.equals(String.valueOf(major()))) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the data in %s are of PostgreSQL %s, but version %d is asked for; dump them with that version, or delete the folder to start empty"
              .formatted(place.data(), found, major()));
    }
    if (!Files.exists(kept.path())) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "%s, which holds the passwords of the data beside it, is gone; restore it, or delete %s to start empty"
              .formatted(kept.path(), place.directory()));
    }
  }

  /// Starts the server over it; it may not answer yet.
  PostgresServer start(int port) throws IOException {
    return PostgresServer.start(place, port, durability);
  }
}
