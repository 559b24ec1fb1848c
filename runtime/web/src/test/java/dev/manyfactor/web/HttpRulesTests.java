package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.json.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/1 by the letter: what is not exactly a request is refused, and nothing behind it ever runs.
class HttpRulesTests {
  private static final String HOST = "Host: localhost\r\n";
  private static final String POST =
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String BODY = "{\"text\":\"ada\"}";
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static Served served;

  @BeforeAll
  static void start() {
    served =
        Served.serving(
            Served.answering("/fast", "{\"ok\":true}"),
            Echo.at("/echo"),
            Served.plain(
                Method.GET,
                "/smuggled",
                _ ->
                    _ -> {
                      RUNS.incrementAndGet();
                      return Served.text("{}");
                    }),
            Served.plain(
                Method.GET,
                "/said",
                input -> {
                  Optional<String> said = input.header("Authorization").optional(Text.ANY);
                  return _ -> Served.text(said.orElse(""));
                }));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void reset() {
    RUNS.set(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 14|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 14",
        "Content-Length: 14|Content-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 99999999999999999999",
        "Content-Length: abc",
        "Content-Length : 14",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
        "Content-Length: 14|X: a\rb",
        "Content-Length: 14|X: a|  folded",
        "Transfer-Encoding:|  chunked",
        "Content-Length: 14|Host: other"
      })
  void ambiguousFramingIsRefusedAndNothingBehindItRuns(String headers) throws IOException {
    assertRefused(POST + headers.replace("|", "\r\n") + "\r\n\r\n" + BODY + SMUGGLED, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FFFFFFFFFFFFFFFFFF\r\n",
        "-1\r\n",
        "5\n",
        "5;a\n",
        "ZZ\r\n",
        "5 \r\n",
        "5\r\nabcdeX"
      })
  void brokenChunkIsRefusedAndNothingBehindItRuns(String chunk) throws IOException {
    assertRefused(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk + SMUGGLED, 400);
  }

  @Test
  void chunkOfFourGibibytesIsNotTakenForAChunkOfFiveBytes() throws IOException {
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n100000005\r\n";
    assertRefused(chunked + "{\"text\":\"" + "x".repeat(2000) + SMUGGLED, 413);
  }

  @Test
  void bareLineFeedIsRefused() throws IOException {
    assertRefused("GET /fast HTTP/1.1\nHost: localhost\n\n" + SMUGGLED, 400);
  }

  @ParameterizedTest
  @CsvSource({"/echo,413", "/nowhere,404", "/fast,405"})
  void requestBehindARefusedBodyNeverRuns(String path, int status) throws IOException {
    String body = "x".repeat(5_000) + SMUGGLED;
    try (Wire wire = served.connect()) {
      wire.send(
          "POST "
              + path
              + " HTTP/1.1\r\n"
              + HOST
              + "Content-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(wire.read().status()).isEqualTo(status);
    }
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void chunkedBodyOverTheLimitIsRefusedWithAReadableAnswer() throws IOException {
    String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
    String bytes = POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(100) + "0\r\n\r\n";
    try (Wire wire = served.connect()) {
      wire.trySend(bytes + SMUGGLED);
      Wire.Answer answer = wire.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.closes()).isTrue();
      assertThat(wire.isEnded()).isTrue();
    }
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void chunksAndTheirTrailersAreReadToTheirEnd() throws IOException {
    try (Wire wire = served.connect()) {
      String chunks = "5\r\n" + BODY.substring(0, 5) + "\r\n9;a=b\r\n" + BODY.substring(5) + "\r\n";
      wire.send(
          POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\nX: y\r\n\r\n" + SMUGGLED);
      assertThat(wire.read().body()).isEqualTo(BODY);
      assertThat(wire.read().status()).isEqualTo(200);
    }
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void secondVersionOfTheProtocolIsNotSpoken() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + SMUGGLED);
      assertThat(wire.read().status()).isGreaterThanOrEqualTo(400);
      assertThat(wire.isEnded()).isTrue();
    }
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void offerToUpgradeIsDeclinedByAnsweringInTheFirstVersion() throws IOException {
    Wire.Answer answer =
        served.get(
            "/fast",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void bytesBehindACompleteBodyAreTheNextRequestAndOfNoKnownMethod() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(POST + "Content-Length: 14\r\n\r\n" + BODY + "GARBAGE" + SMUGGLED + SMUGGLED);
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(wire.read().status()).isEqualTo(501);
      assertThat(wire.isEnded()).isTrue();
    }
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(POST + "Content-Length: 14\r\n\r\n" + BODY + SMUGGLED + SMUGGLED);
      assertThat(wire.read().body()).isEqualTo(BODY);
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(wire.read().status()).isEqualTo(200);
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void tokensThatDifferInCaseOnlyAreNotTakenForEachOther() throws IOException {
    try (Wire wire = served.connect()) {
      for (String said : List.of("token-a", "token-A", "TOKEN-a", "token-a")) {
        String request = Served.request("GET", "/said", "Authorization: " + said) + "\r\n";
        assertThat(wire.send(request).read().body()).isEqualTo(said);
      }
    }
  }

  @Test
  void connectionIsClosedWhenTheClientAsksForIt() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("GET /fast HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      assertThat(wire.read().closes()).isTrue();
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void olderProtocolIsAnsweredAndClosed() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("GET /fast HTTP/1.0\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void chunkedBodyInTheOlderProtocolRunsNothingBehindIt() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
      assertThat(wire.read().status()).isGreaterThanOrEqualTo(400);
      assertThat(wire.isEnded()).isTrue();
    }
    assertThat(RUNS).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /fast HTTP/9.9|505",
        "GET /fast HTTP/1.1|400",
        "GET  /fast HTTP/1.1|400",
        "G@T /fast HTTP/1.1|400",
        "/fast|400",
      })
  void brokenRequestLineOrMissingHostIsRefused(String line, int status) throws IOException {
    assertRefused(line + "\r\n\r\n" + SMUGGLED, status);
  }

  @Test
  void requestWithTwoHostsIsRefused() throws IOException {
    assertRefused("GET /fast HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + SMUGGLED, 400);
  }

  @Test
  void absoluteTargetWithAnotherHostIsRefused() throws IOException {
    assertRefused("GET http://a/fast HTTP/1.1\r\nHost: b\r\n\r\n" + SMUGGLED, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-continue", "100-Continue"})
  void clientThatAsksFirstIsToldToContinue(String expectation) throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(POST + "Content-Length: 14\r\nExpect: " + expectation + "\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(100);
      assertThat(wire.send(BODY).read().body()).isEqualTo(BODY);
    }
  }

  @Test
  void clientThatAsksFirstIsToldThatItsBodyIsTooLarge() throws IOException {
    Wire.Answer answer = served.send(POST + "Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void unknownExpectationIsRefused() throws IOException {
    Wire.Answer answer = served.send(POST + "Content-Length: 14\r\nExpect: wonders\r\n\r\n" + BODY);
    assertThat(answer.status()).isEqualTo(417);
  }

  @Test
  void clientThatEndsItsOutputIsStillAnswered() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("GET /fast HTTP/1.1\r\n" + HOST + "\r\n").endOutput();
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 100\r\n\r\n{\"te", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"t"})
  void bodyThatIsBrokenOffIsRefused(String part) throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(POST + part).endOutput();
      assertThat(wire.read().status()).isEqualTo(400);
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void longTargetAndLongHeadAreRefused() throws IOException {
    String longText = "x".repeat(10_000);
    assertThat(served.send("GET /" + longText + " HTTP/1.1\r\n" + HOST + "\r\n").status())
        .isEqualTo(414);
    assertThat(served.get("/fast", "X-Long: " + longText).status()).isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fast%00",
        "/a%2f..%2ffast",
        "//fast",
        "/%zz",
        "/%ff",
        "/..%2ffast",
        "/%2e%2e/fast",
        "/fast\\x",
        "/f\u00e4st"
      })
  void ambiguousPathIsRefusedBeforeRouting(String path) throws IOException {
    Wire.Answer answer = served.get(path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/../fast", "/./fast", "/fast/", "/fast;a=b", "/FAST", "/fast/.."})
  void pathThatOnlyLooksLikeAnOperationIsNotFound(String path) throws IOException {
    assertThat(served.get(path).status()).isEqualTo(404);
  }

  @Test
  void headIsAnsweredLikeGetWithoutItsBody() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("HEAD /fast HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
      Wire.Answer head = wire.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("11");
      assertThat(wire.read().body()).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPTIONS|/fast|204|GET, HEAD, OPTIONS",
        "OPTIONS|/echo|204|POST, OPTIONS",
        "POST|/fast|405|GET, HEAD, OPTIONS",
        "TRACE|/fast|405|GET, HEAD, OPTIONS",
        "HEAD|/echo|405|POST, OPTIONS",
        "BREW|/fast|501|''",
        "get|/fast|501|''",
      })
  void methodsAreThoseOfTheContract(String method, String path, int status, String allow)
      throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(method + ' ' + path + " HTTP/1.1\r\n" + HOST + "\r\n");
      Wire.Answer answer = wire.readHead();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("allow")).isEqualTo(allow);
    }
  }

  @Test
  void responseDoesNotNameTheServer() throws IOException {
    assertThat(served.get("/fast").headers()).doesNotContainKeys("server", "x-powered-by");
  }

  private void assertRefused(String bytes, int status) throws IOException {
    try (Wire wire = served.connect()) {
      wire.trySend(bytes);
      Wire.Answer answer = wire.read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"type\":\"/problems/").contains("\"status\":" + status);
      assertThat(wire.isEnded()).as("the connection ends without another answer").isTrue();
    }
    assertThat(RUNS).as("what stands behind the refused message").hasValue(0);
  }
}
