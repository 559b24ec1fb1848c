package dev.manyfactor.benchmarks;

/// Says on the terminal how far a benchmark is, and what came out.
final class Progress {
  private Progress() {}

  static void say(String line) {
    System.out.println(line);
  }
}
