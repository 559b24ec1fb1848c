package dev.manyfactor.prover.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandInUpstreamTests {
  private final StandInUpstream upstream = StandInUpstream.start(System::nanoTime);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    upstream.close();
  }

  @Test
  void answersAndKeepsWhatItIsAsked() throws Exception {
    HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofString("{\"a\":\"ä\"}"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    Received received = upstream.requests().getFirst();
    assertThat(received.method() + " " + received.target()).isEqualTo("POST /v1/pay?x=1");
    assertThat(received.body()).isEqualTo("{\"a\":\"ä\"}");
    assertThat(received.header("Idempotency-Key")).hasValue("k1");
  }

  @Test
  void readsChunkedBodiesAndKeepsTheConnection() throws Exception {
    byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3; i++) {
      post(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }
    assertThat(upstream.requests())
        .extracting(Received::body)
        .hasSize(3)
        .allMatch(kept -> kept.length() == body.length);
    assertThat(upstream.requests().getFirst().header("Transfer-Encoding")).hasValue("chunked");
  }

  @Test
  void answersAsItIsTold() throws Exception {
    upstream.answer(request ->
        request.target().contains("x=1")
            ? Answer.json(503, "no").with("Retry-After", "7").after(Duration.ofMillis(300))
            : Answer.json(200, "{}"));
    long before = System.nanoTime();
    HttpResponse<String> answer = post(HttpRequest.BodyPublishers.noBody());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(299));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
    assertThat(answer.body()).isEqualTo("no");
  }

  @Test
  void hangsUntilItIsClosed() {
    upstream.answer(new Answer.Hang());
    assertThatThrownBy(() -> post(HttpRequest.BodyPublishers.noBody()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void writesGarbage() {
    upstream.answer(new Answer.Garbage());
    assertThatThrownBy(() -> post(HttpRequest.BodyPublishers.noBody()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void resets() throws IOException {
    upstream.answer(new Answer.Reset());
    try (Socket raw = raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThatThrownBy(() -> raw.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void endsWhatIsNotHttp() throws IOException {
    try (Socket raw = raw("hello\r\n\r\n")) {
      assertThat(raw.getInputStream().readAllBytes()).isEmpty();
    }
    try (Socket raw = raw("GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n")) {
      assertThat(raw.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void keepsTheFirstAndCountsTheRest() {
    Kept<Integer> kept = new Kept<>(2);
    List.of(1, 2, 3).forEach(kept::add);
    assertThat(kept.all()).containsExactly(1, 2);
    assertThat(kept.dropped()).isEqualTo(1);
  }

  private Socket raw(String text) throws IOException {
    Socket socket = new Socket();
    socket.connect(upstream.address(), 5_000);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/pay?x=1".formatted(upstream.address().getPort())))
            .header("Idempotency-Key", "k1")
            .timeout(Duration.ofSeconds(2))
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
