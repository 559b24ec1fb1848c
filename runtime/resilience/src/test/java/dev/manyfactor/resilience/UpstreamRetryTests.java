package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.HostileUpstream.resets;
import static dev.manyfactor.resilience.HostileUpstream.says;
import static dev.manyfactor.resilience.HostileUpstream.staysSilent;
import static dev.manyfactor.resilience.Upstreams.PATIENT;
import static dev.manyfactor.resilience.Upstreams.SHORT;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UpstreamRetryTests {

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void aStatusThatMayPassIsTriedAgain(int status) {
    try (var hostile = HostileUpstream.that(answers(status, ""), answers(200, "fine"));
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      assertThat(cards.get("/charges").send().status()).isEqualTo(200);
      assertThat(hostile.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 500, 501, 505})
  void aStatusThatStaysIsNot(int status) {
    try (var hostile = HostileUpstream.that(answers(status, "", "Location: /elsewhere"));
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(reply -> assertThat(reply.status()).hasValue(status))
          .withMessageStartingWith("cards (GET /charges) answered " + status);
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void aClientErrorIsAnAnswerForTheCaller() {
    try (var hostile = HostileUpstream.that(answers(409, "no"));
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      Reply reply = cards.get("/charges").send();
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.isSuccess()).isFalse();
      assertThat(reply.bytes()).asString().isEqualTo("no");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anUpstreamThatResetsSeesExactlyTheAttemptsAllowed(int attempts) {
    try (var hostile = HostileUpstream.that(resets());
        var cards = Upstreams.open(settings(hostile.url(), attempts))) {
      assertThatExceptionOfType(UpstreamException.Unreachable.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessageContaining("ended the connection before its answer was complete");
      assertThat(hostile.received()).hasSize(attempts);
    }
  }

  @Test
  void anAttemptThatTimedOutIsTriedAgain() {
    try (var hostile = HostileUpstream.that(staysSilent(), answers(200, "fine"));
        var cards = Upstreams.open(settings(hostile.url(), 2, SHORT.multipliedBy(2), PATIENT))) {
      assertThat(cards.get("/charges").send().isSuccess()).isTrue();
      assertThat(hostile.received()).hasSize(2);
    }
  }

  @Test
  void aClosedPortIsNamed() throws IOException {
    URI closed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + server.getLocalPort());
    }
    try (var cards = Upstreams.open(settings(closed, 2))) {
      assertThatExceptionOfType(UpstreamException.Unreachable.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessage(
              "cards (GET /charges) refuses connections at %s; see whether it runs there, or correct CARDS_URL",
              closed.getAuthority());
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    try (var cards = Upstreams.open(settings(URI.create("http://cards.invalid"), 1))) {
      assertThatExceptionOfType(UpstreamException.Unreachable.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessageContaining("is at cards.invalid, which no name server knows");
    }
  }

  @Test
  void aPostWithoutAKeyIsSentOnce() {
    for (var manner : List.of(answers(503, ""), resets())) {
      assertThat(requestsSeen(manner, cards -> cards.post("/charges"))).isEqualTo(1);
    }
  }

  @Test
  void aPostWithAKeyIsRetriedUnderTheSameKey() {
    try (var hostile = HostileUpstream.that(answers(503, ""), resets(), answers(201, ""));
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      Reply reply =
          cards
              .post("/charges")
              .idempotencyKey("0190f2a4-capture-1")
              .body("text/plain", "10 EUR".getBytes(StandardCharsets.US_ASCII))
              .send();
      assertThat(reply.status()).isEqualTo(201);
      assertThat(hostile.received())
          .hasSize(3)
          .allSatisfy(request -> {
            assertThat(request.line()).isEqualTo("POST /charges HTTP/1.1");
            assertThat(request.headers())
                .containsEntry("idempotency-key", "\"0190f2a4-capture-1\"");
            assertThat(request.body()).isEqualTo("10 EUR");
          });
    }
  }

  @Test
  void whatIsSafeToRepeatIsRetried() {
    assertThat(requestsSeen(answers(503, ""), cards -> cards.put("/charges/1"))).isEqualTo(3);
    assertThat(requestsSeen(answers(503, ""), cards -> cards.delete("/charges/1"))).isEqualTo(3);
    assertThat(requestsSeen(answers(503, ""), cards -> cards.head("/charges/1"))).isEqualTo(3);
    assertThat(requestsSeen(answers(503, ""), cards -> cards.post("/search").repeatable()))
        .isEqualTo(3);
  }

  private static int requestsSeen(
      HostileUpstream.Manner manner, Function<Upstream, Request> request) {
    try (var hostile = HostileUpstream.that(manner);
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      assertThatExceptionOfType(UpstreamException.class)
          .isThrownBy(() -> request.apply(cards).send());
      return hostile.received().size();
    }
  }

  @Test
  void retryAfterIsWaitedForWhenItFits() {
    try (var hostile =
            HostileUpstream.that(answers(503, "", "Retry-After: 1"), answers(200, "fine"));
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      long began = System.nanoTime();
      assertThat(cards.get("/charges").send().isSuccess()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aRetryAfterBeyondTheBoundEndsTheCallAtOnce() {
    try (var hostile = HostileUpstream.that(answers(503, "", "Retry-After: 3600"));
        var cards = Upstreams.open(settings(hostile.url(), 5))) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send());
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void somethingThatIsNotHttpIsABadReply() {
    try (var hostile = HostileUpstream.that(says("220 mail.example.com ESMTP\r\n\r\n"));
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(reply -> assertThat(reply.status()).isEmpty())
          .withMessageContaining("not HTTP/1.1");
    }
  }

  @Test
  void anAnswerCutShortIsTriedAgain() {
    try (var hostile =
            HostileUpstream.that(
                says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123"), answers(200, "whole"));
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      assertThat(cards.get("/charges").send().bytes()).asString().isEqualTo("whole");
    }
  }
}
