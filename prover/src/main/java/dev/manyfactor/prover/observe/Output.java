package dev.manyfactor.prover.observe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a process writes to standard output and standard error, as a stream of lines.
///
/// Bounded: beyond a number of lines and bytes, what comes is read, counted and dropped, so that a
/// flood neither fills the memory nor blocks the process. Safe on many threads.
public interface Output {
  /// Everything that was kept so far, in the order of arrival.
  List<OutputLine> lines();

  /// How many lines were dropped since the bound was reached.
  long dropped();

  /// The first line, from the one with this index on, that fits; waits for it at most `patience`.
  Optional<OutputLine> await(int from, Predicate<OutputLine> fits, Duration patience)
      throws InterruptedException;
}
