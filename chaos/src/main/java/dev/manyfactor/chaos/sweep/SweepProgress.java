package dev.manyfactor.chaos.sweep;

/// Is told what a sweep does; by several threads.
public interface SweepProgress {
  /// A step that takes a while begins.
  void step(String what);

  /// It is known how many cells a subject has.
  void rehearsed(String subject, int messages, int cells);

  /// A cell is decided.
  void decided(Cell cell, Verdict verdict);
}
