package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTests {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String OK =
      "HTTP/1.1 200 OK\r\nDate: Fri, 20 Nov 2026 10:00:00 GMT\r\nX-Own: kept\r\nContent-Length: 2\r\n\r\nok";

  private final int port = Ports.free();
  private final Router router =
      Router.start("payments.web", port, Duration.ofSeconds(10), System::nanoTime);
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    router.close();
    for (AutoCloseable thing : opened) {
      thing.close();
    }
  }

  @Test
  void aRequestArrivesAsItWasSentButForWhatConcernsTheConnection() throws Exception {
    Wire.Recorder instance = recorder(OK);
    router.putIn(instance.port());
    String answer =
        Wire.exchange(
            port,
            """
            POST /v1/a%20b;c=d/%7Bx%7D?q=%20+b&&y=a|b&z HTTP/1.1
            Host: payments.example:8080
            Idempotency-Key: "k-1"
            X-Twice: one
            X-Twice: two
            X-Private: 1
            Forwarded: for=6.6.6.6
            X-Forwarded-For: 6.6.6.6
            X-Forwarded-Host: evil.example
            Keep-Alive: timeout=5
            TE: trailers
            Connection: close, X-Private
            Content-Length: 5

            hello\
            """
                .replace("\n", "\r\n"));
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Date: Fri, 20 Nov 2026 10:00:00 GMT\r\n", "X-Own: kept\r\n")
        .endsWith("\r\n\r\nok")
        .doesNotContain("Server:");
    assertThat(instance.requests()).hasSize(1);
    List<String> lines = instance.requests().getFirst().lines().toList();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "POST /v1/a%20b;c=d/%7Bx%7D?q=%20+b&&y=a|b&z HTTP/1.1",
            "Host: payments.example:8080",
            "Idempotency-Key: \"k-1\"",
            "X-Twice: one",
            "X-Twice: two",
            "Content-Length: 5",
            "Via: 1.1 mf",
            "Forwarded: for=127.0.0.1;host=\"payments.example:8080\";proto=http",
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: payments.example:8080",
            "",
            "hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS *", "GET /", "HEAD /x?", "DELETE /a/./b", "GET /%e2%82%ac"})
  void theTargetIsNotRewritten(String target) throws Exception {
    Wire.Recorder instance = recorder("HTTP/1.1 204 No Content\r\n\r\n");
    router.putIn(instance.port());
    Wire.exchange(port, target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(instance.requests()).singleElement().asString().startsWith(target + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void anAnswerThatHasNoBodyHasNoLengthEither(String status) throws Exception {
    Wire.Recorder instance = recorder("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\n\r\n");
    router.putIn(instance.port());
    assertThat(Wire.exchange(port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains("ETag: \"1\"")
        .doesNotContainIgnoringCase("Content-Length");
  }

  @Test
  void bodiesStreamBothWays() throws Exception {
    CountDownLatch firstHalfArrived = new CountDownLatch(1);
    HttpServer instance =
        server(exchange -> {
          InputStream body = exchange.getRequestBody();
          byte[] first = body.readNBytes(2); // this server waits for what follows a whole chunk
          firstHalfArrived.countDown();
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(first);
          exchange.getResponseBody().flush();
          exchange.getResponseBody().write(body.readAllBytes());
        });
    router.putIn(instance.getAddress().getPort());
    try (Socket client = Wire.connect(port)) {
      Wire.send(client, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      Wire.send(client, "4\r\nfirs\r\n");
      assertThat(firstHalfArrived.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Wire.until(client, "fi")).endsWith("fi");
      Wire.send(client, "4\r\nt  x\r\n0\r\n\r\n");
      assertThat(Wire.until(client, "0\r\n\r\n")).contains("rst  x");
    }
  }

  @Test
  void largeBodiesArriveWhole() throws Exception {
    byte[] sent = new byte[24 << 20];
    new Random(7).nextBytes(sent);
    AtomicReference<byte[]> arrived = new AtomicReference<>();
    HttpServer instance =
        server(exchange -> {
          arrived.set(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(sent);
        });
    router.putIn(instance.getAddress().getPort());
    HttpRequest upload = request("/").POST(BodyPublishers.ofByteArray(sent)).build();
    assertThat(CLIENT.send(upload, BodyHandlers.ofByteArray()).body()).isEqualTo(sent);
    assertThat(arrived.get()).isEqualTo(sent);
  }

  @Test
  void aClientThatWaitsForAContinueGetsThatOfTheInstance() throws Exception {
    HttpServer instance =
        server(exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
    router.putIn(instance.getAddress().getPort());
    try (Socket client = Wire.connect(port)) {
      Wire.send(
          client, "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(Wire.until(client, "\r\n\r\n")).startsWith("HTTP/1.1 100");
      Wire.send(client, "hello");
      assertThat(Wire.until(client, "hello")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void requestsGoToEachInTurnAndToTheOneWithLessToDo() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    HttpServer slow = named("slow", held);
    HttpServer quick = named("quick", new CountDownLatch(0));
    router.putIn(slow.getAddress().getPort());
    router.putIn(quick.getAddress().getPort());
    for (String name : List.of("slow", "quick", "slow", "quick")) {
      assertThat(getToItsEnd("/", name.equals("slow") ? slow : quick)).isEqualTo(name);
    }
    CompletableFuture<HttpResponse<String>> underWay =
        CLIENT.sendAsync(request("/held").build(), BodyHandlers.ofString());
    Stage.await("the request", () -> !router.isIdle(slow.getAddress().getPort()));
    for (String path : List.of("/held", "/", "/")) {
      assertThat(getToItsEnd(path, quick)).isEqualTo("quick");
    }
    held.countDown();
    assertThat(underWay.get(30, TimeUnit.SECONDS).body()).isEqualTo("slow");
  }

  @Test
  void whoRefusesTheConnectionHasHadNothingSoAnotherInstanceGetsTheRequest() throws Exception {
    Wire.Recorder instance = recorder(OK);
    for (int refusing = 0; refusing < 3; refusing++) {
      router.putIn(Ports.free());
    }
    router.putIn(instance.port());
    for (int sent = 1; sent <= 8; sent++) {
      HttpResponse<String> answer = post("hello");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(instance.requests()).hasSize(sent);
      assertThat(instance.requests().getLast()).endsWith("\r\n\r\nhello");
    }
  }

  @Test
  void withoutAnInstanceTheAnswerSaysToTryAgain() throws Exception {
    HttpResponse<String> answer = post("hello");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                + "\"detail\":\"no instance of the service is ready; send the request again\"}");
    router.putIn(Ports.free()); // refuses, and there is no other
    assertThat(post("hello").statusCode()).isEqualTo(503);
  }

  @Test
  void aRequestIsNotSentTwiceWhenItsAnswerIsLost() throws Exception {
    Wire.Recorder broken = recorder("");
    Wire.Recorder other = recorder(OK);
    router.putIn(broken.port());
    HttpResponse<String> answer = post("hello");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("send it again with the same Idempotency-Key");
    router.putIn(other.port());
    assertThat(broken.requests()).hasSize(1);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void anAnswerThatBreaksOffIsNotPassedOnAsAWholeOne() throws Exception {
    Wire.Recorder broken =
        recorder("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf");
    router.putIn(broken.port());
    String answer = Wire.exchange(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer)
        .satisfiesAnyOf(
            whole -> assertThat(whole).startsWith("HTTP/1.1 502"),
            part -> assertThat(part).contains("Content-Length: 10\r\n").endsWith("half"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void anAnswerThatCanBeReadInTwoWaysIsNotPassedOn(String answer) throws Exception {
    Wire.Recorder instance = recorder(answer + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    router.putIn(instance.port());
    assertThat(post("hello").statusCode()).isEqualTo(502);
  }

  @Test
  void anAnswerMayTakeLongerThanASilentConnectionIsKept() throws Exception {
    HttpServer instance =
        server(exchange -> {
          Thread.sleep(2_200);
          exchange.sendResponseHeaders(204, -1);
        });
    router.putIn(instance.getAddress().getPort());
    assertThat(post("hello").statusCode()).isEqualTo(204);
  }

  @Test
  void aSilentInstanceIsWaitedForWithinABound() throws Exception {
    router.close();
    int other = Ports.free();
    Router hasty = Router.start("payments.web", other, Duration.ofSeconds(1), System::nanoTime);
    CountDownLatch held = new CountDownLatch(1);
    try {
      hasty.putIn(named("slow", held).getAddress().getPort());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other + "/held")).build();
      HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("silent for too long");
    } finally {
      held.countDown();
      hasty.close();
    }
  }

  @Test
  void drainingWaitsForTheLastRequestAndNoMoreCome() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    int draining = named("draining", held).getAddress().getPort();
    router.putIn(draining);
    CompletableFuture<HttpResponse<String>> underWay =
        CLIENT.sendAsync(request("/held").build(), BodyHandlers.ofString());
    Stage.await("the request", () -> !router.isIdle(draining));
    router.putIn(named("other", new CountDownLatch(0)).getAddress().getPort());
    assertThat(router.drain(draining, Duration.ofMillis(50))).isFalse();
    assertThat(List.of(get("/"), get("/"), get("/"))).containsOnly("other");
    held.countDown();
    assertThat(router.drain(draining, Duration.ofSeconds(30))).isTrue();
    assertThat(underWay.get(30, TimeUnit.SECONDS).body()).isEqualTo("draining");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\nHost: h\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nContent-Length: 5\nContent-Length: 6\n\nhello",
        "POST / HTTP/1.1\nHost: h\nContent-Length: 5, 6\n\nhello",
        "POST / HTTP/1.1\nHost: h\nContent-Length: +5\n\nhello",
        "POST / HTTP/1.1\nHost: h\nContent-Length: 5 5\n\nhello",
        "POST / HTTP/1.1\nHost: h\nContent-Length: -1\n\n",
        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: xchunked\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked, identity\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding : chunked\n\n0\n\n",
        "POST / HTTP/1.1\nHost: h\nX: 1\n Transfer-Encoding: chunked\n\n0\n\n",
        "GET / HTTP/1.1\nHost: h\nHost: i\n\n",
        "GET / HTTP/1.1\n\n",
        "GET /a b HTTP/1.1\nHost: h\n\n",
        "GET //evil/x HTTP/1.1\nHost: h\n\n",
        "GET /a/%2e%2e/b HTTP/1.1\nHost: h\n\n",
        "GET /a%2fb HTTP/1.1\nHost: h\n\n",
        "CONNECT h:80 HTTP/1.1\nHost: h:80\n\n",
        "PRI * HTTP/2.0\n\nSM\n\n",
        "GET / HTTP/3.1\nHost: h\n\n",
      })
  void whatCanBeReadInTwoWaysReachesNoInstance(String shape) throws Exception {
    Wire.Recorder instance = recorder(OK);
    router.putIn(instance.port());
    String answer =
        Wire.exchange(
            port,
            shape.replace("\n", "\r\n")
                + "GET /smuggled HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    String status = answer.substring(9, 12);
    assertThat(status)
        .isEqualTo(shape.contains("1.1\n") ? shape.startsWith("CONNECT") ? "501" : "400" : "505");
    assertThat(answer)
        .containsPattern("\r\nDate: .* GMT\r\n")
        .contains("\r\nConnection: close\r\n", "\r\nCache-Control: no-store\r\n")
        .contains("\"status\":" + status + ",");
    assertThat(answer.split("HTTP/1.1 ", -1)).as(answer).hasSize(2);
    assertThat(instance.requests()).isEmpty();
  }

  @Test
  void anOldRequestInChunksIsFramedAnewAndNothingBehindItIsRead() throws Exception {
    Wire.Recorder instance = recorder(OK);
    router.putIn(instance.port());
    String answer =
        Wire.exchange(
            port,
            """
            POST / HTTP/1.0
            Host: h
            Transfer-Encoding: chunked

            5
            hello
            0

            GET /smuggled HTTP/1.1
            Host: h

            """
                .replace("\n", "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("ok");
    assertThat(instance.requests()).singleElement().asString().startsWith("POST / HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5;a=\"\r\nhello0\r\n\r\n",
        "-5\r\n"
      })
  void aBrokenChunkEndsTheRequestAndTheConnection(String body) throws Exception {
    Wire.Recorder instance = recorder(OK);
    router.putIn(instance.port());
    String answer =
        Wire.exchange(
            port,
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + body
                + "GET /smuggled HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer.split("HTTP/1.1 ", -1)).as(answer).hasSize(2);
    assertThat(instance.requests()).noneMatch(request -> request.contains("smuggled"));
  }

  private Wire.Recorder recorder(String answer) throws IOException {
    Wire.Recorder recorder = new Wire.Recorder(answer);
    opened.add(recorder);
    return recorder;
  }

  private interface Answering {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private HttpServer server(Answering answering) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.loopback(), Ports.free()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange);
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
    server.start();
    opened.add(() -> server.stop(0));
    return server;
  }

  /// Says its name, at `/held` only once `held` is over.
  private HttpServer named(String name, CountDownLatch held) throws IOException {
    return server(exchange -> {
      if (exchange.getRequestURI().getPath().equals("/held")) {
        held.await();
      }
      exchange.sendResponseHeaders(200, name.length());
      exchange.getResponseBody().write(name.getBytes(StandardCharsets.UTF_8));
    });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(router.address().resolve(path));
  }

  private String get(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  /// The same, and waits until the router has seen its end, which may be after the answer.
  private String getToItsEnd(String path, HttpServer instance) throws Exception {
    String answer = get(path);
    Stage.await("the end", () -> router.isIdle(instance.getAddress().getPort()));
    return answer;
  }

  private HttpResponse<String> post(String body) throws Exception {
    return CLIENT.send(
        request("/").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}
