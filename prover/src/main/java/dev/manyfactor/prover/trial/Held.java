package dev.manyfactor.prover.trial;

import java.time.Duration;

/// A request whose second half has not been sent yet.
public interface Held extends AutoCloseable {
  /// Whether the other end has closed, reset or answered already.
  boolean isAnswered() throws InterruptedException;

  /// Sends the rest and waits for the whole answer, at most `patience`.
  Exchange finish(Duration patience) throws InterruptedException;

  /// Drops the connection.
  @Override
  void close();
}
