package dev.manyfactor.contract;

import dev.manyfactor.contract.writer.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A folder of generated files. Writing touches only what changes, and deletes only what was
/// generated.
final class OutputFolder {
  private final Path folder;
  private final Map<String, String> textByName = new TreeMap<>();

  OutputFolder(Path folder) {
    this.folder = folder;
  }

  /// Adds a file.
  void put(String name, String text) {
    textByName.put(name, text);
  }

  int size() {
    return textByName.size();
  }

  /// Writes the files that were added, and deletes generated Java that was not.
  void write() throws IOException {
    Files.createDirectories(folder);
    for (Path file : javaFiles()) {
      boolean isStale = !textByName.containsKey(file.getFileName().toString());
      if (isStale && Files.readString(file).startsWith(SourceFile.NOTICE)) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : textByName.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path) || !Files.readString(path).equals(file.getValue())) {
        Files.writeString(path, file.getValue());
      }
    }
  }

  private List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
