package dev.manyfactor.identity;

/// Texts from outside, made fit for a message: short, printable, in quotes.
final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  static String quoted(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return '"' + shown.replaceAll("[^\\x20-\\x7e…]", "?") + '"';
  }
}
