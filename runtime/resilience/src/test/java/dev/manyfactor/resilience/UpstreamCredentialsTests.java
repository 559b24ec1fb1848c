package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.Upstreams.PATIENT;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.manyfactor.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamCredentialsTests {
  private final List<Optional<String>> asked = new ArrayList<>();

  /// Hands out `token-1`, and `token-2` once `token-1` is refused.
  private String token(Optional<String> refused) {
    asked.add(refused);
    return refused.isPresent() ? "token-2" : "token-1";
  }

  @Test
  void everyCallPresentsAToken() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1), this::token)) {
      cards.get("/charges").send();
      assertThat(presented(hostile)).containsExactly("Bearer token-1");
    }
  }

  @Test
  void aRefusedTokenIsRenewedOnceEvenForAPostWithoutAKey() {
    try (var hostile = HostileUpstream.that(answers(401, ""), answers(201, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1), this::token)) {
      assertThat(cards.post("/charges").send().status()).isEqualTo(201);
      assertThat(presented(hostile)).containsExactly("Bearer token-1", "Bearer token-2");
      assertThat(asked).containsExactly(Optional.empty(), Optional.of("token-1"));
    }
  }

  @Test
  void aTokenThatIsRefusedAgainEndsTheCallAndIsNotShown() {
    try (var hostile = HostileUpstream.that(answers(401, ""));
        var cards = Upstreams.open(settings(hostile.url(), 5), this::token)) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessage(
              "cards (GET /charges) answered 401; see whether CARDS_CLIENT_ID and CARDS_CLIENT_SECRET are right");
      assertThat(hostile.received()).hasSize(2);
    }
  }

  @Test
  void aTokenIsRenewedOnceInACallHoweverOftenItIsTried() {
    try (var hostile = HostileUpstream.that(answers(401, ""), answers(503, ""), answers(401, ""));
        var cards = Upstreams.open(settings(hostile.url(), 5), this::token)) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(reply -> assertThat(reply.status()).hasValue(401));
      assertThat(hostile.received()).hasSize(3);
    }
  }

  @Test
  void aTokenThatNoHeaderMayHoldIsNotShownEither() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1), _ -> "se\r\ncret")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessageNotContaining("cret")
          .withNoCause();
      assertThat(hostile.received()).isEmpty();
    }
  }

  @Test
  void askingForATokenIsBoundByTheCall() {
    var left = new ArrayList<Duration>();
    Credentials credentials =
        _ -> {
          left.add(Context.current().orElseThrow().deadline().remaining());
          return "token";
        };
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1), credentials)) {
      cards.get("/charges").send();
      assertThat(left.getFirst()).isPositive().isLessThanOrEqualTo(PATIENT);
    }
  }

  private static List<String> presented(HostileUpstream hostile) {
    return hostile.received().stream()
        .map(request -> request.headers().getOrDefault("authorization", "nothing"))
        .toList();
  }
}
