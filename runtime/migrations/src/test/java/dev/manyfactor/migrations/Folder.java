package dev.manyfactor.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A class path of one entry that a test writes migration files into.
final class Folder {
  static final String KEEPS_TENANTS_APART =
      """
      alter table %1$s enable row level security;
      alter table %1$s force row level security;
      create policy tenant on %1$s using (tenant = current_setting('manyfactor.tenant', true));
      """;

  private final Path root;

  Folder(Path root) {
    this.root = root;
  }

  /// A statement that makes a table which keeps tenants apart.
  static String table(String name) {
    return "create table "
        + name
        + " (tenant text not null, id int);\n"
        + KEEPS_TENANTS_APART.formatted(name);
  }

  Folder with(String file, String sql) {
    return with(file, sql.getBytes(StandardCharsets.UTF_8));
  }

  Folder with(String file, byte[] content) {
    try {
      Files.createDirectories(root.resolve("migrations"));
      Files.write(root.resolve("migrations").resolve(file), content);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The folder as the service's set.
  MigrationSet set() {
    return setIn(root);
  }

  /// The same from a jar.
  MigrationSet setInJar() throws IOException {
    Path jar = root.resolve("service.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(root.resolve("migrations"))) {
      out.putNextEntry(new JarEntry("migrations/"));
      out.putNextEntry(new JarEntry("migrations/deeper/"));
      out.putNextEntry(new JarEntry("migrations/deeper/ignored.sql"));
      out.putNextEntry(new JarEntry("migrations_of_another/0001.expand.other.sql"));
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry("migrations/" + file.getFileName()));
        out.write(Files.readAllBytes(file));
      }
    }
    return setIn(jar);
  }

  /// The folder and the jar behind each other on one class path.
  MigrationSet setTwice() throws IOException {
    setInJar();
    return setIn(root, root.resolve("service.jar"));
  }

  private static MigrationSet setIn(Path... entries) {
    try {
      URL[] urls = new URL[entries.length];
      for (int i = 0; i < entries.length; i++) {
        urls[i] = entries[i].toUri().toURL();
      }
      return MigrationSet.ofService(new URLClassLoader(urls, null));
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
