package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/// Starts processes that may write to their scratch folder and connect to declared ports, and
/// nothing else, as far as this machine can hold them to it.
///
/// Safe on many threads.
public interface Sandbox extends AutoCloseable {
  /// Makes one whose scratch folders are below `folder`, and clears away what runs have left there
  /// that were killed.
  ///
  /// @param folder which all may enter, for processes may run as other users, and not below `/tmp`,
  ///   where they may write: `/var/tmp`
  /// @param nanos the clock of all moments that it reports
  static Sandbox open(Path folder, LongSupplier nanos) {
    return LocalSandbox.open(folder, nanos, Means.ALL);
  }

  /// Starts a process. A program that does not exist is not an error of this method: the process
  /// ends with 127 and says so.
  Observed start(Launch launch);

  /// A new folder that a process may write to beside /tmp and /dev/shm; removed with the sandbox.
  /// One for each process, for each comes with a user of its own where that is possible: what two
  /// processes share, they can change for each other.
  Path scratch(String name);

  /// A new folder for the caller itself, which no process may write to; removed with the sandbox.
  Path own(String name);

  /// What holds the processes, and what does not, one sentence each; for the head of a report.
  List<String> conditions();

  /// Ends every process that it has started and removes the scratch folders.
  @Override
  void close();
}
