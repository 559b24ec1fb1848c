package dev.manyfactor.formation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines that a process has written, for the case that it fails. Safe on many threads.
final class LastLines {
  private static final int KEPT = 40;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /// Where to find them, for the message above them.
  synchronized String place() {
    return lines.isEmpty() ? "it wrote nothing" : "what it wrote last is below";
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
