package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A JSON file that only its owner can read (0600), in a folder that only its owner can enter
/// (0700).
///
/// A write replaces the file as a whole: a reader sees the old content or the new, also after a
/// crash. Safe on many threads as long as one of them writes.
record PrivateFile(Path path) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes `content` as JSON; fails with exit code 74 when the disk or the permissions do not
  /// allow it.
  void write(Object content) {
    write(JSON.writeValueAsBytes(content));
  }

  /// Writes plain text, for programs that read a secret from a file.
  void writeText(String content) {
    write(content.getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] content) {
    try {
      Path folder = folder();
      Path draft =
          Files.createTempFile(
              folder,
              path.getFileName() + ".",
              ".draft",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(draft, content);
        Files.move(
            draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException failure) {
      throw FormationException.cannotWrite(path, failure);
    }
  }

  /// What the file holds, empty if there is no file; fails with exit code 70 when it is not ours.
  <T> Optional<T> read(Class<T> type) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(path), type));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException | JacksonException failure) {
      throw new FormationException(
          ExitCode.INTERNAL,
          "cannot read %s; it is written by mf only: delete it and start again".formatted(path));
    }
  }

  /// Removes the file if it is there.
  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      throw FormationException.cannotWrite(path, failure);
    }
  }

  private Path folder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder");
    }
    return createFolder(folder);
  }

  /// Creates a folder, and those above it, that only its owner can enter; one that is there stays
  /// as it is.
  static Path createFolder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
