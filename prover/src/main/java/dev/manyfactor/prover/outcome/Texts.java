package dev.manyfactor.prover.outcome;

/// Texts that must say something.
final class Texts {
  private Texts() {}

  static void require(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
  }
}
