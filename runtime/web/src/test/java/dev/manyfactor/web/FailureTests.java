package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A handler that fails: the client learns that, and only the log learns why.
class FailureTests {

  @Test
  void bugIsAnsweredWithoutInternalsAndLoggedWithThem() throws IOException {
    Operation bug =
        Served.plain(
            Method.GET,
            "/bug",
            _ ->
                _ -> {
                  throw new IllegalStateException("password=hunter2");
                });
    try (var lines = new LogLines();
        Served served = Served.serving(bug)) {
      Wire.Answer answer = served.get("/bug");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body())
          .contains("/problems/internal-error")
          .doesNotContain("hunter2", "IllegalState", "java");
      assertThat(lines.failures()).containsExactly("password=hunter2");
    }
  }

  @Test
  void errorOfTheMachineIsAnsweredToo() throws IOException {
    Operation deep = Served.plain(Method.GET, "/deep", _ -> _ -> Served.text("" + depth(0)));
    try (Served served = Served.serving(deep, Served.answering("/fast", "{}"))) {
      assertThat(served.get("/deep").status()).isEqualTo(500);
      assertThat(served.get("/fast").status()).isEqualTo(200);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int depth(int level) {
    return depth(level + 1) + 1;
  }

  @Test
  void headerThatWouldSplitTheResponseIsABug() throws IOException {
    Operation split =
        Served.plain(
            Method.GET,
            "/split",
            _ -> _ -> Response.empty(204).header("Location", "/a\r\nSet-Cookie: b=c"));
    try (Served served = Served.serving(split)) {
      Wire.Answer answer = served.get("/split");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void responseThatHttpDoesNotAllowIsABug() {
    assertThatThrownBy(() -> Response.of(204, "text/plain", "x".getBytes(UTF_8)))
        .hasMessage("a response of status 204 has no body, but this one has 1 bytes");
    assertThatThrownBy(() -> Response.empty(199)).hasMessageContaining("200 to 599");
  }

  @Test
  void problemOfAnotherStatusThanTheContractsIsABug() {
    Problem problem = Problem.of(409, "too-much", "too much is asked for");
    assertThatThrownBy(() -> Response.problem(404, problem))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this outcome has status 404 in the contract");
    assertThat(new String(Response.problem(409, problem).body(), UTF_8))
        .isEqualTo(
            "{\"type\":\"/problems/too-much\",\"title\":\"Too much\",\"status\":409,"
                + "\"detail\":\"too much is asked for\"}");
  }
}
