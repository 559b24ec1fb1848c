package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Tries out, with a process that does nothing, as whom processes can run and be observed here.
///
/// @param mark of the processes of this probe
record Probe(RunFolder folder, Launcher launcher, long mark) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int LOOKS = 25;
  private static final String PATH = "/usr/bin:/bin";
  private static final String READY = "ready";

  /// Whether a process starts as an account, has the limits it was given, and can be seen and
  /// ended.
  boolean works(Account account) {
    try {
      Path scratch = folder.scratch("probe", account);
      Launch launch =
          new Launch(
              "probe",
              List.of("sh", "-c", "echo " + READY + "; sleep 60; true"),
              scratch,
              Map.of("PATH", PATH),
              new Launch.Reach(scratch, Set.of()));
      try (Observed process =
          launcher.start(launch, new Launcher.Identity(account, mark, () -> true))) {
        return isReady(process) && comesToBeSeen(process, account);
      }
    } catch (RuntimeException refused) {
      return false;
    }
  }

  /// Whether an account may read the folder and the program of a launch.
  boolean reads(Account account, Launch launch) {
    List<String> command = new ArrayList<>(account.prefix());
    command.addAll(
        List.of(
            Tools.path("env"),
            "PATH=" + launch.environment().getOrDefault("PATH", ""),
            "/bin/sh",
            "-c",
            "cd \"$1\" && test -r . && command -v \"$2\" >/dev/null",
            "sh",
            launch.directory().toAbsolutePath().toString(),
            launch.command().getFirst()));
    return Tools.run(command);
  }

  private static boolean isReady(Observed process) {
    try {
      for (Duration waited = Duration.ZERO;
          waited.compareTo(PATIENCE) < 0 && process.exitCode().isEmpty();
          waited = waited.plus(POLL)) {
        if (process.output().await(0, line -> line.text().equals(READY), POLL).isPresent()) {
          return true;
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// What /proc tells of a process is not whole at every moment: while a program takes the place of
  /// another there is no environment.
  private boolean comesToBeSeen(Observed process, Account account) {
    for (int look = 0; look < LOOKS && !Thread.currentThread().isInterrupted(); look++) {
      if (isSeen(process, account)) {
        return true;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }

  private boolean isSeen(Observed process, Account account) {
    long pid = process.pid();
    return ProcessTable.row(pid)
            .filter(row -> row.mark() == mark && row.user() == account.user())
            .isPresent()
        && process.environment().containsKey("PATH")
        && !OpenFiles.of(pid).isEmpty()
        && Linux.signal(pid, 0);
  }
}
