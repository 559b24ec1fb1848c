package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder `.manyfactor` of a service: everything that a formation keeps.
///
/// @param folder the folder itself
record FormationHome(Path folder) {

  static FormationHome of(Path directory) {
    return new FormationHome(directory.resolve(".manyfactor"));
  }

  /// Makes the folder; fails with exit code 74 where it cannot be written.
  FormationHome made() {
    try {
      PrivateFile.createFolder(folder);
      if (!Files.isWritable(folder)) {
        throw new IOException("permission denied");
      }
      KeptFolder.ignoredByGit(folder);
      return this;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(folder, failure);
    }
  }

  Path postgres(int version) {
    return folder.resolve("postgres-" + version);
  }

  /// What is kept of the databases on somebody else's server.
  PrivateFile serverSecrets(DatabaseServer server) {
    String name = "server-%s-%d.json".formatted(server.host(), server.port());
    return new PrivateFile(folder.resolve(name.replaceAll("[^A-Za-z0-9.-]", "_")));
  }

  Path lock() {
    return folder.resolve("supervisor");
  }

  Path buildLog(String service) {
    return folder.resolve("build-" + service + ".log");
  }

  Path buildStamp(String service) {
    return folder.resolve("built-" + service);
  }

  /// What runs, or ran until its supervisor was killed.
  Optional<FormationState> state() {
    return stateFile().read(FormationState.class);
  }

  PrivateFile stateFile() {
    return new PrivateFile(folder.resolve("formation.json"));
  }
}
