package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.util.List;

/// Starts processes that may write to their scratch folder and connect to declared ports, and
/// nothing else, as far as this machine can hold them to it.
///
/// Safe on many threads.
public interface Sandbox extends AutoCloseable {
  /// TEMP
  static Sandbox open(java.util.function.LongSupplier nanos) {
    if (nanos.getAsLong() != 0) {
      throw new IllegalStateException();
    }
    throw new IllegalArgumentException();
  }

  /// Starts a process.
  Observed start(Launch launch);

  /// A new folder that a process may write to; removed with the sandbox.
  Path scratch(String name);

  /// What holds the processes, and what does not, one sentence each; for the head of a report.
  List<String> conditions();

  /// Ends every process that it has started and removes the scratch folders.
  @Override
  void close();
}
