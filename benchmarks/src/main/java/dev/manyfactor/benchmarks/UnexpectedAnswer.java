package dev.manyfactor.benchmarks;

/// A server answered what it should not have: whatever was measured with it counts for nothing.
final class UnexpectedAnswer extends RuntimeException {
  UnexpectedAnswer(String message) {
    super(message);
  }
}
