package dev.manyfactor.formation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One process of a service: its output line by line, its end, and how to end it.
///
/// Standard output and standard error arrive as one stream. Safe on many threads.
public final class ChildProcess {
  private static final int LINE_LIMIT = 64 * 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final String name;
  private final Process process;
  private final Thread reader;
  private volatile boolean killed;

  private ChildProcess(String name, Process process, Consumer<String> lines) {
    this.name = name;
    this.process = process;
    this.reader =
        Thread.ofPlatform().name("mf-output-" + name).daemon(true).start(() -> read(lines));
  }

  /// What to start.
  ///
  /// @param name what it is called in the output, for example `payments.web`
  /// @param directory where it runs
  /// @param environment all of its variables; nothing else is inherited
  public record Specification(
      String name, List<String> command, Path directory, Map<String, String> environment) {}

  /// Starts a process and hands its output to `lines`, each at most 64 KiB long.
  public static ChildProcess start(Specification specification, Consumer<String> lines) {
    ProcessBuilder builder =
        new ProcessBuilder(Wiring.located(specification.command(), specification.environment()))
            .directory(specification.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(specification.environment());
    try {
      Process process = Spawner.start(builder, List.of(), Spawner.OnDeath.TERM);
      return new ChildProcess(specification.name(), process, lines);
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "cannot start %s: %s".formatted(specification.name(), failure.getMessage()));
    }
  }

  /// What it is called in the output.
  public String name() {
    return name;
  }

  /// The system's view of it: pid and start instant.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Whether it has not ended.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Completed with the exit code once the process has ended.
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// Waits for the end, at most for `bound`.
  ///
  /// @return whether it has ended
  public boolean endsWithin(Duration bound) throws InterruptedException {
    return process.waitFor(bound);
  }

  /// Waits for the end and for the last line of the output.
  int await() throws InterruptedException {
    int code = process.waitFor();
    lastWords();
    return code;
  }

  /// Waits for the end as [#await()] does, but ends the process when that takes longer than
  /// `patience` or the wait is interrupted.
  int awaitOrEnd(Duration patience) throws InterruptedException, TimeoutException {
    boolean ended = false;
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      ended = true;
      return await();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      if (!ended) {
        stop(LAST_WORDS);
      }
    }
  }

  /// Waits briefly for lines that are still in the pipe of a process that has ended.
  void lastWords() throws InterruptedException {
    reader.join(LAST_WORDS); // bounded: a grandchild may hold the pipe open
  }

  /// Asks the process and all it has started to end (SIGTERM) and waits; what is left then is
  /// killed.
  ///
  /// @return whether everything ended by itself within `grace`, and was not killed from elsewhere
  ///   meanwhile
  public boolean stop(Duration grace) throws InterruptedException {
    List<ProcessHandle> members = ProcessTree.of(handle());
    members.forEach(ProcessHandle::destroy);
    ProcessTree.awaitAll(members, grace);
    kill();
    lastWords();
    return !killed;
  }

  /// Ends the process and all it has started at once (SIGKILL).
  public void kill() {
    if (!ProcessTree.of(handle()).isEmpty()) {
      killed = true; // before: who waits in stop() sees the end first
      ProcessTree.kill(handle());
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int next = output.read(); next >= 0; next = output.read()) {
        if (next == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        } else if (line.length() < LINE_LIMIT && next != '\r') {
          line.append((char) next);
        } else if (line.length() == LINE_LIMIT) {
          line.append(" … (cut at 64 KiB)");
        }
      }
      if (!line.isEmpty()) {
        lines.accept(line.toString());
      }
    } catch (IOException ended) {
      // the pipe broke with the process: there is no more to read
    }
  }
}
