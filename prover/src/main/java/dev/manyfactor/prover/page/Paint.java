package dev.manyfactor.prover.page;

/// Gives a text its colour, where the reader has colours.
@FunctionalInterface
public interface Paint {
  /// None, as for a pipe.
  Paint NONE = (_, text) -> text;

  /// The text with what makes a terminal colour it; it is safe already.
  String with(Tone tone, String text);
}
