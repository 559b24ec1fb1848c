package dev.manyfactor.chaos.loop;

import java.io.IOException;
import java.time.Duration;

/// Signals that Java itself cannot send.
///
/// @param name without its SIG
record Signal(String name) {
  static final Signal STOP = new Signal("STOP");
  static final Signal CONTINUE = new Signal("CONT");
  private static final Duration BOUND = Duration.ofSeconds(10);

  /// Sends it, also when this thread is to end.
  ///
  /// @return whether there was such a process
  boolean send(ProcessHandle process) {
    boolean interrupted = Thread.interrupted();
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return kill.waitFor(BOUND) && kill.exitValue() == 0;
    } catch (IOException noShell) {
      return false;
    } catch (InterruptedException again) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
