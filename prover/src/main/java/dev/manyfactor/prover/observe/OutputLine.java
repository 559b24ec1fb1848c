package dev.manyfactor.prover.observe;

/// One line that a process wrote.
///
/// @param moment when it arrived, by the clock of nanoseconds that the sandbox was given
/// @param text without its end; not more than 64 KiB of it; bytes that are no UTF-8 are replaced
public record OutputLine(long moment, Stream stream, String text, Flaw flaw) {
  /// Where it was written.
  public enum Stream {
    /// Standard output.
    STDOUT,
    /// Standard error.
    STDERR
  }

  /// What is wrong with the line as text.
  public enum Flaw {
    /// Nothing.
    NONE,
    /// It was longer than is kept.
    CUT,
    /// It held bytes that are not text.
    BINARY
  }
}
