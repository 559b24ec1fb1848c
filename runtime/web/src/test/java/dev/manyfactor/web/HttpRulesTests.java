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
  void answerWithoutContentHasNoLength() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("OPTIONS /fast HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
      assertThat(wire.readHead().headers()).doesNotContainKeys("content-length", "content-type");
      assertThat(wire.read().body()).isEqualTo("{}");
    }
  }

  @Test
  void responseDoesNotNameTheServer() throws IOException {
    assertThat(served.get("/fast").headers()).doesNotContainKeys("server", "x-powered-by");
  }
}
