package dev.manyfactor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LoadTests {
  private static final List<Behaviour> BEHAVIOURS =
      List.of(
          new Behaviour.Pass(),
          new Behaviour.Latency(Duration.ofMillis(5)),
          new Behaviour.Blackhole(),
          new Behaviour.HangInConnect(),
          new Behaviour.Refuse(),
          new Behaviour.Reset(),
          new Behaviour.CutAfter(100),
          new Behaviour.Pass());

  @Test
  void serves200ConnectionsAndEachFollowsTheBehaviour() throws Exception {
    List<Client> clients = new ArrayList<>();
    try (EchoServer server = new EchoServer();
        TcpProxy proxy = TcpProxy.to(server.address())) {
      for (int i = 0; i < 200; i++) {
        clients.add(new Client(proxy.port(), Client.PATIENCE_MILLIS));
      }
      assertThat(inParallel(clients, client -> client.says("hello").hears(5)))
          .containsOnly("hello")
          .hasSize(200);
      proxy.behave(new Behaviour.Blackhole());
      assertThat(inParallel(clients, client -> client.says("a").next(Client.SILENCE_MILLIS)))
          .containsOnly("silence");
      assertThat(proxy.traffic()).isEqualTo(new Traffic(200, 200, 1_200, 1_000, 1_000));
      proxy.behave(new Behaviour.Reset());
      assertThat(inParallel(clients, Client::next)).containsOnly("reset");
      HoldingTests.await(() -> proxy.traffic().open() == 0);
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  void manySwitchesUnderLoadLeaveNothingBehindAndNoByteWrong(@TempDir Path folder)
      throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger echoes = new AtomicInteger();
    List<Future<?>> loads = new ArrayList<>();
    int port;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        EchoServer server = new EchoServer()) {
      try (TcpProxy proxy = TcpProxy.to(server.address())) {
        port = proxy.port();
        for (int i = 0; i < 20; i++) {
          loads.add(threads.submit(() -> load(proxy.port(), running, echoes)));
        }
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
          proxy.behave(BEHAVIOURS.get(random.nextInt(BEHAVIOURS.size())));
          Thread.sleep(random.nextInt(10));
        }
        proxy.behave(new Behaviour.Pass());
        int before = echoes.get();
        HoldingTests.await(() -> echoes.get() > before + 100);
        running.set(false);
        for (Future<?> load : loads) {
          load.get();
        }
      }
      assertThat(dump(folder)).doesNotContain("tcp-proxy");
      assertThat(socketsOf(port)).isEmpty();
    }
  }

  private static void load(int port, AtomicBoolean running, AtomicInteger echoes) {
    for (int round = 0; running.get(); round++) {
      try (Client client = new Client(port, 200)) {
        String text = "%08d".formatted(round).repeat(20);
        for (int i = 0; i < 50 && running.get(); i++) {
          client.socket.setSoTimeout(500);
          client.says(text);
          byte[] heard = client.socket.getInputStream().readNBytes(text.length());
          assertThat(text)
              .startsWith(new String(heard, java.nio.charset.StandardCharsets.US_ASCII));
          if (heard.length < text.length()) {
            break;
          }
          echoes.incrementAndGet();
        }
      } catch (IOException faulty) {
        // that is what the proxy is for
      }
    }
  }

  private static List<String> inParallel(List<Client> clients, Action action) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> results = new ArrayList<>();
      List<Future<String>> running =
          clients.stream().map(client -> threads.submit(() -> action.of(client))).toList();
      for (Future<String> result : running) {
        results.add(result.get());
      }
      return results;
    }
  }

  private interface Action {
    String of(Client client) throws IOException;
  }

  private static String dump(Path folder) throws IOException {
    Path file = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    return Files.readString(file);
  }

  /// Lines of sockets with this port on one end, apart from those that wait for their time to end.
  private static List<String> socketsOf(int port) throws IOException {
    String end = ":%04X ".formatted(port);
    List<String> lines = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        Files.readAllLines(Path.of(table)).stream()
            .filter(line -> line.contains(end) && !line.contains(end + "06 "))
            .filter(line -> !line.matches(".*:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} 06 .*"))
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
