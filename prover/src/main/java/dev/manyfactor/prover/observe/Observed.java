package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A process under observation, and everything it has started, also what has left its session.
///
/// Safe on many threads.
public interface Observed extends AutoCloseable {
  /// The process that was started.
  long pid();

  /// What it writes.
  Output output();

  /// Every living process of it.
  List<ProcessFact> tree();

  /// The TCP ports that its processes listen on.
  List<Listening> listening();

  /// The open TCP connections of its processes.
  List<Connected> connected();

  /// The environment of the process that was started, from /proc.
  Map<String, String> environment();

  /// Files that its processes hold open for writing, standard streams and sockets aside.
  List<Path> openForWriting();

  /// SIGTERM, to the process that was started and to no other.
  void terminate();

  /// SIGKILL, to every process of it.
  void kill();

  /// Waits for the end of the process that was started, and briefly for its last lines.
  ///
  /// @return whether it has ended within `patience`
  boolean awaitExit(Duration patience) throws InterruptedException;

  /// With which code it ended; 128 + n by signal n; empty while it runs.
  OptionalInt exitCode();

  /// When it was started, by the clock of nanoseconds that the sandbox was given.
  long started();

  /// When the process that was started ended, by the same clock; empty while it runs.
  OptionalLong ended();

  /// Kills all of it and waits until nothing of it is left; as a user of its own, nothing of it in
  /// /tmp and /dev/shm either.
  @Override
  void close();
}
