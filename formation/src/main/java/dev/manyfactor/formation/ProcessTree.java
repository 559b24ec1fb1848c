package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A child process and everything it has started.
///
/// On Linux these are the processes of the child's session, which is found even after the child
/// itself has gone; elsewhere they are its descendants as far as the system still knows them.
final class ProcessTree {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int ROUNDS = 200;
  private static final int LONGEST_KILL = 2;
  private static final Path PROC = Path.of("/proc");
  private static final int SESSION_FIELD = 3; // of /proc/<pid>/stat, counted after the name

  private ProcessTree() {}

  /// The live members, the leader first if it lives.
  static List<ProcessHandle> of(ProcessHandle leader) {
    Stream<ProcessHandle> others =
        Spawner.givesSessions() && Files.isDirectory(PROC.resolve("self"))
            ? ofSession(leader.pid())
            : leader.descendants();
    return Stream.concat(Stream.of(leader), others.filter(other -> !other.equals(leader)))
        .filter(ProcessTree::isRunning)
        .toList();
  }

  /// Ends the leader and everything it has started at once (SIGKILL), what they are just starting
  /// too. Returns once nothing of it runs, or after a bound.
  static void kill(ProcessHandle leader) {
    List<ProcessHandle> left = of(leader);
    if (!left.isEmpty() && Spawner.givesSessions()) {
      killGroup(leader.pid());
    }
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(POLL.toNanos()); // not a sleep: an interruption must not leave them
      left = of(leader);
    }
  }

  /// All of a group in one step of the kernel: a process that forks meanwhile takes the signal
  /// along, where one that is listed first may have forked before it is its turn.
  private static void killGroup(long leader) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -KILL -" + leader)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.onExit().completeOnTimeout(kill, LONGEST_KILL, TimeUnit.SECONDS).join();
    } catch (IOException noShell) {
      // then one by one
    }
  }

  /// Waits until all of them have ended.
  ///
  /// @return whether they have, within `patience`
  static boolean awaitAll(List<ProcessHandle> processes, Duration patience)
      throws InterruptedException {
    Duration waited = Duration.ZERO;
    while (processes.stream().anyMatch(ProcessTree::isRunning)) {
      if (waited.compareTo(patience) >= 0) {
        return false;
      }
      Thread.sleep(
          POLL); // the JDK itself watches processes that are not its children ever more rarely
      waited = waited.plus(POLL);
    }
    return true;
  }

  /// Whether a process still runs. One that has ended and waits for its parent to notice does not,
  /// nor does one that the system has forgotten since it was asked.
  private static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive() || !Files.isDirectory(PROC.resolve("self"))) {
      return process.isAlive();
    }
    return fields(process.pid()).filter(fields -> !hasEnded(fields)).isPresent();
  }

  private static Stream<ProcessHandle> ofSession(long session) {
    return ProcessHandle.allProcesses()
        .filter(process ->
            fields(process.pid())
                .filter(fields -> !hasEnded(fields))
                .filter(fields -> fields.get(SESSION_FIELD).equals(String.valueOf(session)))
                .isPresent());
  }

  private static boolean hasEnded(List<String> fields) {
    return fields.getFirst().equals("Z");
  }

  /// `/proc/<pid>/stat` from the state on; empty where there is none.
  private static Optional<List<String>> fields(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      return Optional.of(List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
