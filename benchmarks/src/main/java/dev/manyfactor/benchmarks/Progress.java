package dev.manyfactor.benchmarks;

/// Says on the terminal how far a benchmark is, and what came out.
public final class Progress {
  private Progress() {}

  /// A line of it.
  public static void say(String line) {
    System.out.println(line);
  }
}
