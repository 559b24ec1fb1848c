package dev.manyfactor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTests {
  private final Load load = new Load(4, System::nanoTime);
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private volatile int status = 201;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
          paths.add(exchange.getRequestURI().getPath());
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, body.length == 0 ? 2 : body.length);
          exchange
              .getResponseBody()
              .write(body.length == 0 ? "{}".getBytes(StandardCharsets.US_ASCII) : body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @Test
  void everyPostHasAKeyOfItsOwn() throws InterruptedException {
    Answers answers = times(Requests.posts("/things", "", "{\"a\":1}", InstantSource.system()));
    assertThat(keys).hasSize(answers.all()).allMatch(key -> key.matches("\"[0-9a-f-]{36}\""));
  }

  @Test
  void readsAreSpreadOverAllPaths() throws InterruptedException {
    status = 200;
    Answers answers = times(Requests.gets(List.of("/a", "/b"), ""));
    assertThat(paths).containsExactlyInAnyOrder("/a", "/b");
    assertThat(answers.measured()).isBetween(200, 204);
    assertThat(answers.p50Millis()).isPositive().isLessThanOrEqualTo(answers.p99Millis());
  }

  @Test
  void anotherStatusThanTheExpectedOneFails() {
    status = 500;
    assertThatThrownBy(() -> times(Requests.gets(List.of("/a"), "")))
        .isInstanceOf(UnexpectedAnswer.class)
        .hasMessageContaining("200 was expected")
        .hasMessageContaining("500");
  }

  private Answers times(Requests.Kind kind) throws InterruptedException {
    return load.times(200, server.getAddress().getPort(), kind, new SplittableRandom(1));
  }
}
