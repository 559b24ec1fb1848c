package dev.manyfactor.benchmarks.queues;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A processor for the server and another for its clients, as on machines of their own: what a
/// client spends is not taken from what the server can do, and the other way round.
final class Processors {
  private static final String SERVER = "0";
  private static final String CLIENTS = "1";

  private Processors() {}

  /// This program, and what it starts from now on.
  static void keepClients() throws IOException, InterruptedException {
    keep(ProcessHandle.current(), CLIENTS);
  }

  /// What this program has started so far, and what that starts: the server.
  static void keepServer() throws IOException, InterruptedException {
    for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
      keep(process, SERVER);
    }
  }

  private static void keep(ProcessHandle process, String processor)
      throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder(
                "taskset", "--all-tasks", "--cpu-list", "--pid", processor, "" + process.pid())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (taskset.waitFor() != 0 && process.isAlive()) {
      throw new IllegalStateException(
          "processor %s cannot be had, which needs two of them and taskset: %s"
              .formatted(processor, output));
    }
  }
}
