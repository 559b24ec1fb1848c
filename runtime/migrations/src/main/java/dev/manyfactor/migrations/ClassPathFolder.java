package dev.manyfactor.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// A folder on the class path, in a directory or in a jar, and the files directly in it.
final class ClassPathFolder {
  private static final long MOST_BYTES = 1L << 20;

  private ClassPathFolder() {}

  /// One file.
  ///
  /// @param name its name in the folder
  /// @param place where it was found, for messages
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(String name, String place, byte[] content) {

    private boolean repeats(Found other) {
      return name.equals(other.name) && Arrays.equals(content, other.content);
    }
  }

  /// The files of every folder with this name, sorted by file name. A file that is found again with
  /// the same content is one file: a library may stand on the class path twice, as it does where a
  /// test runs another service's artifact, which names its own libraries.
  static List<Found> files(String folder, ClassLoader loader) {
    var files = new ArrayList<Found>();
    try {
      for (URL url : Collections.list(loader.getResources(folder))) {
        switch (url.getProtocol()) {
          case "file" -> addDirectory(Path.of(URI.create(url.toString())), files);
          case "jar" -> addJar((JarURLConnection) url.openConnection(), files);
          default ->
              throw new IOException(
                  "the folder " + folder + " is at " + url + ", neither a directory nor a jar");
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    files.sort((one, other) -> one.name().compareTo(other.name()));
    return withoutRepetitions(files);
  }

  private static List<Found> withoutRepetitions(List<Found> sorted) {
    var files = new ArrayList<Found>();
    for (Found found : sorted) {
      if (files.stream().noneMatch(found::repeats)) {
        files.add(found);
      }
    }
    return List.copyOf(files);
  }

  private static void addDirectory(Path directory, List<Found> files) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        try (InputStream content = Files.newInputStream(path)) {
          files.add(
              new Found(path.getFileName().toString(), directory.toString(), bounded(content)));
        }
      }
    }
  }

  private static void addJar(JarURLConnection connection, List<Found> files) throws IOException {
    connection.setUseCaches(false);
    String prefix = connection.getEntryName().replaceAll("/?$", "/");
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith(prefix)
            && !entry.isDirectory()
            && name.indexOf('/', prefix.length()) < 0) {
          try (InputStream content = jar.getInputStream(entry)) {
            files.add(new Found(name.substring(prefix.length()), jar.getName(), bounded(content)));
          }
        }
      }
    }
  }

  private static byte[] bounded(InputStream content) throws IOException {
    byte[] bytes = content.readNBytes((int) MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("a migration is larger than " + MOST_BYTES + " bytes; split it");
    }
    return bytes;
  }
}
