package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.resilience.UpstreamSettings;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a client learns when a service that this one calls does not do its part.
class UpstreamFailureTests {

  @Test
  void upstreamThatIsNotThereIsAnsweredWith503() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertAnswer(port, 503, "/problems/dependency-unavailable");
  }

  @Test
  void upstreamThatNeverAnswersIsAnsweredWith504() throws IOException {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertAnswer(silent.getLocalPort(), 504, "/problems/timeout");
    }
  }

  @Test
  void upstreamThatFailsIsAnsweredWith502() throws IOException {
    Operation broken = Served.plain(Method.GET, "/asked", _ -> _ -> Response.empty(500));
    try (Served failing = Served.serving(broken)) {
      assertAnswer(failing.server().port(), 502, "/problems/bad-upstream");
    }
  }

  private static void assertAnswer(int port, int status, String type) throws IOException {
    var second = Duration.ofSeconds(1);
    var settings =
        new UpstreamSettings(
            URI.create("http://127.0.0.1:" + port),
            second,
            second,
            second,
            1,
            10_000,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Upstream cards = Upstream.of("cards", Configured.of(settings)).open(OpenTelemetry.noop());
    Operation asking =
        Served.plain(
            Method.GET, "/asking", _ -> _ -> Served.text("" + cards.get("/asked").send().status()));
    try (cards;
        Served served = Served.serving(asking)) {
      Wire.Answer answer = served.get("/asking");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      assertThat(answer.body()).contains(type).doesNotContain("cards", "127.0.0.1");
    }
  }
}
