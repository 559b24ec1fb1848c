package dev.manyfactor.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of an answer that is not the problem it should be.
class ProblemTests {
  private static final String BODY =
      """
      {"type": "/problems/invalid-request", "title": "Invalid request", "status": 400,
       "detail": "2 places break the contract", "errors": [
        {"pointer": "/amount", "rule": "minimum", "detail": "must be 1 or more"},
        {"pointer": "/colour", "rule": "additionalProperties", "detail": "is not known"}]}
      """;

  private HttpServer server = start("application/problem+json");

  private static HttpServer start(String mediaType) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private TestResponse answer() {
    return TestClient.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).get("/");
  }

  @Test
  void problemThatIsAsExpectedPasses() {
    assertThatCode(() ->
            answer()
                .expectProblem(400, "invalid-request")
                .names("/amount", "minimum")
                .namesOnly("/colour", "/amount")
                .says("2 places"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "409, invalid-request, /amount, minimum, status 409",
    "400, not-found, /amount, minimum, /problems/not-found",
    "400, invalid-request, /amount, maximum, /amount maximum",
    "400, invalid-request, /size, minimum, /size minimum",
  })
  void differenceIsShownWithTheWholeAnswer(
      int status, String name, String pointer, String rule, String said) {
    TestResponse answer = answer();

    assertThatThrownBy(() -> answer.expectProblem(status, name).names(pointer, rule))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(said)
        .hasMessageContaining("must be 1 or more");
  }

  @Test
  void placeThatIsNotExpectedIsADifference() {
    TestProblem problem = answer().expectProblem(400, "invalid-request");

    assertThatThrownBy(() -> problem.namesOnly("/amount")).hasMessageContaining("/colour");
    assertThatThrownBy(() -> problem.says("3 places")).hasMessageContaining("2 places");
  }

  @Test
  void jsonThatIsNotMarkedAsAProblemIsNone() {
    stop();
    server = start("application/json");

    assertThatThrownBy(() -> answer().expectProblem(400, "invalid-request"))
        .hasMessageContaining("application/problem+json");
  }
}
