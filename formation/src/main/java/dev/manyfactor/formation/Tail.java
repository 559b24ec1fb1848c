package dev.manyfactor.formation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The end of a text file.
final class Tail {
  private static final int BYTES = 32 * 1024;

  private Tail() {}

  /// The last lines of a file, at most `count` and 32 KiB; empty if it cannot be read.
  static List<String> of(Path file, int count) {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(BYTES, content.length())];
      content.seek(content.length() - end.length);
      content.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
