package dev.manyfactor.formation;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// A service to try the supervisor with: it is started as a process of its own, does what its first
/// argument says, and writes down in the file `DIARY` what happens to it.
final class FixtureService {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private static final AtomicBoolean UNREADY = new AtomicBoolean();

  private FixtureService() {}

  public static void main(String[] arguments) throws Exception {
    String name = System.getenv("FIXTURE") + "." + arguments[0];
    switch (arguments[0]) {
      case "migrate" -> migrate(name);
      case "fail" -> {
        OUT.println(
            "cannot go on: " + String.join(" ", List.of(arguments).subList(1, arguments.length)));
        System.exit(Integer.parseInt(arguments[1]));
      }
      default -> serve(name, List.of(arguments));
    }
  }

  private static void migrate(String name) throws IOException {
    note(name + " ran");
    OUT.println(
        "migrated with "
            + (System.getenv("DATABASE_MIGRATION_URL") == null ? "nothing" : "the owner"));
  }

  private static void serve(String name, List<String> arguments) throws Exception {
    note(name + " started " + ProcessHandle.current().pid());
    OUT.println(
        "{\"level\":\"INFO\",\"message\":\"serving\",\"process\":\""
            + arguments.getFirst()
            + "\"}");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, arguments)));
    if (System.getenv("PORT") != null) {
      answer(Integer.parseInt(System.getenv("PORT")), 200, "hello from " + name);
    }
    boolean ready = !arguments.contains("never-ready");
    answer(
        Integer.parseInt(System.getenv("MANAGEMENT_PORT")),
        ready ? 200 : 503,
        ready ? "ready" : "the moon is not full");
    if (arguments.contains("crash")) {
      Path trigger = Path.of(System.getenv("DIARY")).resolveSibling("crash");
      while (!Files.exists(trigger)) {
        Thread.sleep(20);
      }
      OUT.println("crashing");
      Runtime.getRuntime().halt(3);
    }
    new CountDownLatch(1).await();
  }

  private static void stop(String name, List<String> arguments) {
    note(name + " stopped");
    if (arguments.contains("stubborn")) {
      OUT.println("not yet");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException impossible) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void answer(int port, int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked = exchange.getRequestURI().getPath().substring(1);
          if (asked.equals("ready") || asked.equals("unready")) {
            UNREADY.set(asked.equals("unready"));
          }
          boolean refused = UNREADY.get() && asked.equals("readyz");
          if (asked.equals("slow")) {
            note("an answer is slow");
            sleep();
          }
          String value = System.getenv().getOrDefault(asked, text);
          byte[] body = value.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refused ? 503 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static void sleep() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }

  private static void note(String line) {
    try {
      Files.writeString(
          Path.of(System.getenv("DIARY")),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
