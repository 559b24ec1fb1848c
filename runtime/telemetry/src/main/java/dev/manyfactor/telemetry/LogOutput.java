package dev.manyfactor.telemetry;

import java.io.PrintStream;

/// Where log lines go.
public enum LogOutput implements LineWriter.Sink {
  /// Standard output: what a service uses.
  STDOUT,
  /// Standard error: for a task whose standard output is its result.
  STDERR;

  /// Writes whole lines under the lock of the stream, so that they do not mix with what a task
  /// prints. The stream is looked up each time, because a test may have put another in its place.
  @Override
  public void write(byte[] lines, int length) {
    PrintStream stream =
        switch (this) {
          case STDOUT -> System.out;
          case STDERR -> System.err;
        };
    stream.write(lines, 0, length); // a reader that is gone is no exception here
    stream.flush();
  }
}
