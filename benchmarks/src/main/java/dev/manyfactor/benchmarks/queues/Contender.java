package dev.manyfactor.benchmarks.queues;

import java.sql.SQLException;
import java.time.Duration;

/// A queue that is measured. Every run leaves it empty.
interface Contender extends AutoCloseable {
  /// Connections and threads of each; more do not help on a machine of a few processors.
  int LANES = 16;

  String name();

  /// Jobs added per second by [#LANES] threads, each in a transaction of its own.
  double enqueue(Duration duration) throws SQLException, InterruptedException;

  /// Jobs run per second out of a queue that was filled before; they do nothing.
  double work(int jobs) throws SQLException, InterruptedException;

  /// Jobs per second while the same number is added and run.
  double endToEnd(int jobs) throws SQLException, InterruptedException;

  /// From before a job is added until it starts, at a steady rate.
  Waits waits(double perSecond, Duration duration) throws SQLException, InterruptedException;

  @Override
  void close();
}
