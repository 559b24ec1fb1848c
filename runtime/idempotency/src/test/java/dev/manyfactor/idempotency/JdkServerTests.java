package dev.manyfactor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One effect per key without our web module: processes with the HTTP server of the JDK, many
/// clients at a time, and kills.
@Timeout(120)
class JdkServerTests {
  private static final Shop SHOP = new Shop();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// A process that serves, on the port that it has printed.
  private record Serving(Process process, int port) implements AutoCloseable {
    static Serving start() throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  JdkServer.class.getName(),
                  SHOP.postgres.app().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      return new Serving(process, Integer.parseInt(output.readLine()));
    }

    HttpResponse<String> order(String key, String item, String... more) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/orders"))
              .timeout(Duration.ofSeconds(60))
              .header("Idempotency-Key", key)
              .header("Content-Type", "text/plain")
              .POST(BodyPublishers.ofString(item));
      if (more.length > 0) {
        request.headers(more);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /// Asks until nobody works under the key any more.
    HttpResponse<String> orderPatiently(String key, String item) throws Exception {
      HttpResponse<String> answer = order(key, item);
      for (int i = 0; i < 300 && answer.statusCode() == 409; i++) {
        Thread.sleep(100);
        answer = order(key, item);
      }
      return answer;
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  @AfterAll
  static void close() {
    SHOP.close();
    CLIENT.close();
  }

  @Test
  void processesManyClientsAndKillsHaveOneEffectPerKey() throws Exception {
    SHOP.postgres.execute("create table pause (item text)", "grant select on pause to app");
    try (Serving first = Serving.start();
        Serving second = Serving.start();
        Serving third = Serving.start()) {
      duplicatesAtOnce(first, second);
      killAtWork(first, second);
      dieBeforeTheAnswer(second, third);
    }
  }

  private static void duplicatesAtOnce(Serving first, Serving second) throws Exception {
    var requests = new ArrayList<Callable<HttpResponse<String>>>();
    IntStream.range(0, 8)
        .forEach(_ -> {
          requests.add(() -> first.order("key-of-duplicates", "tea"));
          requests.add(() -> second.order("key-of-duplicates", "tea"));
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(requests)) {
        assertThat(answer.get().statusCode()).isIn(201, 409);
      }
    }
    HttpResponse<String> replayed = first.order("key-of-duplicates", "tea");
    assertThat(replayed.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(replayed.headers().firstValue("Location")).isPresent();
    assertThat(second.order("key-of-duplicates", "tea").body()).isEqualTo(replayed.body());
    assertThat(second.order("key-of-duplicates", "coffee").statusCode()).isEqualTo(422);
    assertThat(orders("tea")).isEqualTo(1);
  }

  private static void killAtWork(Serving first, Serving second) throws Exception {
    SHOP.postgres.execute("insert into pause values ('slow')");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lost = threads.submit(() -> first.order("key-of-a-killed-process", "slow"));
      for (int i = 0; i < 600 && sleepers() == 0; i++) {
        Thread.sleep(50);
      }
      assertThat(second.order("key-of-a-killed-process", "slow").statusCode()).isEqualTo(409);
      first.close();
      assertThatThrownBy(lost::get).hasCauseInstanceOf(IOException.class);
    }
    SHOP.postgres.execute("delete from pause");
    HttpResponse<String> repeated = second.orderPatiently("key-of-a-killed-process", "slow");
    assertThat(repeated.statusCode()).isEqualTo(201);
    assertThat(repeated.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(orders("slow")).isEqualTo(1);
  }

  private static void dieBeforeTheAnswer(Serving first, Serving second) throws Exception {
    assertThatThrownBy(
            () -> first.order("key-of-a-lost-answer", "milk", "X-Die-Before-The-Answer", "yes"))
        .isInstanceOf(IOException.class);
    HttpResponse<String> answer = second.order("key-of-a-lost-answer", "milk");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(orders("milk")).isEqualTo(1);
  }

  private static int orders(String item) {
    return count("select count(*) from orders where item = '" + item + "'");
  }

  private static int sleepers() {
    return count(
        "select count(*) from pg_stat_activity where state = 'active' and query like 'select"
            + " pg_sleep(60)%'");
  }

  private static int count(String sql) {
    return Integer.parseInt(SHOP.postgres.ask(sql).getFirst());
  }
}
