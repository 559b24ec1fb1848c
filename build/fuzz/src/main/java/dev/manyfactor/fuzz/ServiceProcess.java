package dev.manyfactor.fuzz;

import dev.manyfactor.formation.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.stream.Stream;

/// A service as a process of its own, started from its artifact; ends with this one.
///
/// @param log gets what it prints
record ServiceProcess(String name, Process process, Map<String, String> environment, Path log)
    implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 20;
  private static final int SOCKET_MILLIS = 5_000;

  static ServiceProcess launch(
      Path artifact, String type, Map<String, String> environment, Path log) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-jar", artifact.toString(), type));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process started = Spawner.start(builder, List.of(), Spawner.OnDeath.KILL);
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      String name = artifact.getFileName().toString().replace(".jar", "") + " " + type;
      return new ServiceProcess(name, started, Map.copyOf(environment), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
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

  int port(String variable) {
    return Integer.parseInt(environment.getOrDefault(variable, "0"));
  }

  /// Waits for the end of a command that ends by itself; one that does not is ended.
  void awaitSuccess() throws InterruptedException {
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(name + " failed: " + lastLines());
      }
    } finally {
      close();
    }
  }

  /// Asks `/readyz` until it answers 200.
  ServiceProcess awaitReady() throws InterruptedException {
    for (long waited = 0;
        !management("/readyz").startsWith("HTTP/1.1 200");
        waited += POLL_MILLIS) {
      if (!process.isAlive() || waited > START.toMillis()) {
        throw new IllegalStateException(name + " is not ready: " + lastLines());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return this;
  }

  /// What the management port answers, head and body; empty if it does not.
  String management(String path) {
    return answer("MANAGEMENT_PORT", path);
  }

  /// The contract that it serves.
  String contract() {
    String answer = answer("PORT", "/openapi.yaml");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private String answer(String port, String path) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port(port)), SOCKET_MILLIS);
      socket.setSoTimeout(SOCKET_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notYet) {
      return "";
    }
  }

  /// How many threads of the system it has (proc(5)).
  int threads() {
    return entries("task");
  }

  /// How many files and sockets it has open.
  int descriptors() {
    return entries("fd");
  }

  private int entries(String folder) {
    try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(process.pid()), folder))) {
      return (int) all.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(name + " is gone: " + lastLines(), gone);
    }
  }

  /// Every line that it has printed.
  List<String> lines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String lastLines() {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
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
