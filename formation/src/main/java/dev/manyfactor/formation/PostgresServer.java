package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The running server process over one data folder.
///
/// The server listens on 127.0.0.1 only, asks everybody for a password, writes its log to a file
/// beside the data and shuts down by itself if this JVM dies.
final class PostgresServer {
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);
  private static final int SHOWN_LINES = 20;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", Surroundings.variable("PATH").orElse("/usr/bin:/bin"), "LC_ALL", "C");

  private final Process process;
  private final Path log;

  private PostgresServer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Where a cluster lives and with what it is run.
  record Place(Path directory, PostgresBinaries binaries, Account account) {
    Path data() {
      return directory.resolve("data");
    }

    Path log() {
      return directory.resolve("postgres.log");
    }

    /// Starts one of the programs, whose output becomes the log.
    Process run(List<String> command, Spawner.OnDeath onDeath) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log().toFile());
      builder.environment().keySet().retainAll(ENVIRONMENT.keySet());
      builder.environment().putAll(ENVIRONMENT);
      return Spawner.start(builder, account.prefix(), onDeath);
    }
  }

  /// Starts the server; it may not answer yet.
  static PostgresServer start(Place place, int port, Durability durability) throws IOException {
    String setting = durability.setting();
    List<String> command = new ArrayList<>(List.of(place.binaries().program("postgres"), "-D"));
    command.add(place.data().toString());
    Map.of(
            "port", String.valueOf(port),
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", setting,
            "synchronous_commit", setting,
            "full_page_writes", setting,
            "max_connections", "200",
            "client_connection_check_interval", "200ms",
            "timezone", "UTC",
            "log_timezone", "UTC")
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new PostgresServer(place.run(command, Spawner.OnDeath.INT), place.log());
  }

  /// Ends a server that an earlier supervisor left behind; does nothing to a process that is not
  /// one.
  static void endLeftover(Path data) throws IOException, InterruptedException {
    Optional<ProcessHandle> leftover = runningOn(data);
    if (leftover.isPresent()) {
      signal(leftover.get(), "INT");
      if (!ProcessTree.awaitAll(List.of(leftover.get()), SHUTDOWN)) {
        throw new FormationException(
            ExitCode.UNAVAILABLE,
            "an earlier PostgreSQL (process %d) still runs on %s and does not stop; end it with `kill -QUIT %d`"
                .formatted(leftover.get().pid(), data, leftover.get().pid()));
      }
    }
  }

  /// The process that `postmaster.pid` names, if it is the one that wrote it: pid and start second
  /// must agree.
  private static Optional<ProcessHandle> runningOn(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty();
    }
    Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
    return new ProcessIdentity(Long.parseLong(lines.getFirst().trim()), started).living();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /// Completed with the exit code once the server has ended.
  CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// Fails with the server's last words if it has ended.
  void requireAlive() {
    if (!process.isAlive()) {
      throw new FormationException(
          ExitCode.UNAVAILABLE.number(),
          "PostgreSQL ended with exit code %d while it was starting; its log is %s"
              .formatted(process.exitValue(), log),
          Tail.of(log, SHOWN_LINES));
    }
  }

  /// Fast shutdown: connections are cut, everything is written. Bounded, then killed.
  ///
  /// @return whether it ended by itself
  boolean stop() throws InterruptedException {
    return end("INT");
  }

  /// Immediate shutdown: connections are cut, nothing is written. Bounded, then killed.
  ///
  /// @return whether it ended by itself
  boolean crash() throws InterruptedException {
    return end("QUIT");
  }

  private boolean end(String signal) throws InterruptedException {
    signal(handle(), signal);
    boolean ended = ProcessTree.awaitAll(List.of(handle()), SHUTDOWN);
    kill();
    return ended;
  }

  /// SIGKILL; the next start recovers from the log.
  void kill() {
    process.destroyForcibly();
  }

  /// A signal that Java itself cannot send.
  private static void signal(ProcessHandle process, String name) throws InterruptedException {
    try {
      var _ =
          new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor(SHUTDOWN);
    } catch (IOException noShell) {
      process.destroy();
    }
  }
}
