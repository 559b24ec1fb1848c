package dev.manyfactor.formation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Starts child processes that are signalled by this JVM alone and that end with it.
///
/// Each child gets a session of its own (`setsid`), so that Ctrl-C in the terminal reaches only the
/// supervisor, and a signal for the moment this JVM dies (`setpriv --pdeathsig`), so that `kill -9`
/// of the supervisor leaves nothing. The kernel sends that signal when the *thread* that started
/// the child ends: all children are therefore started by one thread that lives as long as the JVM.
/// Where one of the two programs is missing (macOS has neither) the child runs without it, and what
/// is left over is ended by the next start.
///
/// Safe on many threads.
public final class Spawner {
  private static final Duration TRIAL = Duration.ofSeconds(10);
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("mf-spawner").daemon(true).factory());
  private static final List<String> SESSION =
      works("setsid", "true") ? List.of("setsid") : List.of();
  private static final boolean DEATH_SIGNAL = works("setpriv", "--pdeathsig", "TERM", "true");

  private Spawner() {}

  /// Signals a child may get when the supervisor dies.
  public enum OnDeath {
    /// Drain: what services understand.
    TERM,
    /// PostgreSQL's fast shutdown.
    INT,
    /// The end at once, also of a process that is stopped and hears nothing else.
    KILL
  }

  /// Starts the command of `builder`, behind `prefix`, with an empty standard input.
  public static Process start(ProcessBuilder builder, List<String> prefix, OnDeath onDeath)
      throws IOException {
    List<String> command = new ArrayList<>(SESSION);
    command.addAll(prefix);
    if (DEATH_SIGNAL) {
      command.addAll(List.of("setpriv", "--pdeathsig", onDeath.name(), "--"));
    }
    command.addAll(builder.command());
    builder.command(command).redirectInput(new File("/dev/null"));
    return await(THREAD.submit(builder::start));
  }

  /// Whether children have a session of their own.
  static boolean givesSessions() {
    return !SESSION.isEmpty();
  }

  /// Whether a program is on the PATH and ends well, and soon, with these arguments.
  static boolean works(String... command) {
    if (!isOnPath(command[0])) {
      return false;
    }
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(TRIAL);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException unusable) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isOnPath(String program) {
    String path = Surroundings.variable("PATH").orElse("/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program.toLowerCase(Locale.ROOT)))) {
        return true;
      }
    }
    return false;
  }

  private static Process await(Future<Process> start) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (InterruptedException stopping) {
          interrupted = true; // a child that is being started must not get lost
        }
      }
    } catch (ExecutionException failure) {
      throw new IOException(String.valueOf(failure.getCause()), failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
