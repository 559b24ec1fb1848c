package dev.manyfactor.fuzz;

/// Tells whoever started a run how far it is.
final class Progress {
  private Progress() {}

  static void say(String what) {
    System.out.println(what);
  }
}
