package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A server as a process of its own, in a JVM with its default options; ends with this one.
final class Server implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration TASK = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 2;
  private static final int SOCKET_MILLIS = 2_000;
  private static final byte[] ARE_YOU_READY =
      "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Command command;
  private final Process process;

  /// What runs and with which variables; `PORT` and `MANAGEMENT_PORT` are where it is found.
  ///
  /// @param log gets what it prints
  record Command(String name, List<String> arguments, Map<String, String> environment, Path log) {
    int port(String variable) {
      return Integer.parseInt(environment.getOrDefault(variable, "0"));
    }

    /// The same command with more options of the JVM.
    Command with(List<String> options) {
      List<String> words = new ArrayList<>(options);
      words.addAll(arguments);
      return new Command(name, words, environment, log);
    }

    private Process launch() {
      var words = new ArrayList<String>();
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(arguments);
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      try {
        Process started = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private Server(Command command) {
    this.command = command;
    this.process = command.launch();
  }

  static Server start(Command command) {
    return new Server(command);
  }

  /// Runs a command that ends by itself.
  static void run(Command command) throws InterruptedException {
    try (var task = new Server(command)) {
      if (!task.process.waitFor(TASK.toSeconds(), TimeUnit.SECONDS)
          || task.process.exitValue() != 0) {
        throw new IllegalStateException(command.name() + " failed: " + task.lastLines());
      }
    }
  }

  /// A port that nobody listens on at this moment.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  int port() {
    return command.port("PORT");
  }

  /// Asks `/readyz` every other millisecond until it answers 200.
  Server awaitReady(LongSupplier nanos) throws InterruptedException {
    long until = nanos.getAsLong() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || nanos.getAsLong() > until) {
        throw new IllegalStateException(command.name() + " is not ready: " + lastLines());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return this;
  }

  private boolean isReady() {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), command.port("MANAGEMENT_PORT"))) {
      socket.setSoTimeout(SOCKET_MILLIS);
      socket.getOutputStream().write(ARE_YOU_READY);
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(line, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  /// The processor time it has used, in user and system mode (proc(5), fields 14 and 15), in units
  /// of ten milliseconds.
  Duration cpu() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofMillis(10 * ticks);
  }

  /// The memory that is resident, in MiB (proc(5), `VmRSS`).
  double residentMebibytes() {
    String line =
        read("status").lines().filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
    return Rounded.to3(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
    } catch (IOException gone) {
      throw new UncheckedIOException(command.name() + " is gone: " + lastLines(), gone);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(command.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException unreadable) {
      return "its log cannot be read";
    }
  }

  /// Ends it in order, or by force after a while.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
