package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.config.Environment;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.resilience.Bound;
import dev.manyfactor.resilience.Credentials;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.resilience.UpstreamException;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientCredentialsTests {
  private static final String SECRET = "s3cr:et&ä";
  private final TestTime time = new TestTime();
  private TestIssuer issuer;
  private Issuer trusted;
  private Upstream cards;
  private Credentials credentials;

  @BeforeEach
  void start() {
    issuer = TestIssuer.start();
    trusted =
        Issuer.of(Configured.of(issuer.settings()))
            .open(OpenTelemetry.noop(), time.timeAndChance());
    cards =
        upstream(
            Map.of(
                "CARDS_URL", "http://127.0.0.1:1",
                "CARDS_CLIENT_ID", "pay:ments",
                "CARDS_CLIENT_SECRET", SECRET,
                "CARDS_SCOPE", "charges:read charges:write",
                "CARDS_AUDIENCE", "cards"));
    credentials = ClientCredentials.of(trusted, cards).orElseThrow();
  }

  @AfterEach
  void stop() {
    trusted.close();
    issuer.close();
  }

  private static Upstream upstream(Map<String, String> variables) {
    var configuration = new Configuration();
    Upstream upstream = Upstream.declare(configuration, "cards");
    configuration.bind(Environment.of(variables));
    return upstream;
  }

  @Test
  void anUpstreamWithoutAClientNeedsNoToken() {
    Upstream open = upstream(Map.of("CARDS_URL", "http://127.0.0.1:1"));
    assertThat(ClientCredentials.of(trusted, open)).isEmpty();
  }

  @Test
  void theClientShowsItsSecretInTheHeaderAndAsksForScopeAndAudience() {
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    TestIssuer.Asked asked = issuer.tokensAsked().getFirst();
    String basic = asked.authorization().substring("Basic ".length());
    assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.US_ASCII))
        .isEqualTo("pay%3Aments:s3cr%3Aet%26%C3%A4");
    assertThat(asked.form())
        .isEqualTo(
            "grant_type=client_credentials&scope=charges%3Aread+charges%3Awrite&audience=cards");
  }

  @Test
  void theClientShowsItsSecretInTheFormOnlyWhereNothingElseIsSupported() {
    issuer.tokenMethods = "\"client_secret_post\"";
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    TestIssuer.Asked asked = issuer.tokensAsked().getFirst();
    assertThat(asked.authorization()).isEmpty();
    assertThat(asked.form()).contains("&client_id=pay%3Aments&client_secret=s3cr%3Aet%26%C3%A4");
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItExpires() {
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    time.skip(Duration.ofSeconds(260));
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    time.skip(Duration.ofSeconds(11));
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-2");
  }

  @Test
  void aTokenThatWasRefusedIsRenewedUnlessItIsNew() {
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    assertThat(credentials.token(Optional.of("token-1"))).isEqualTo("token-1");
    time.skip(Duration.ofSeconds(5));
    assertThat(credentials.token(Optional.of("token-1"))).isEqualTo("token-2");
    assertThat(credentials.token(Optional.of("token-1"))).isEqualTo("token-2");
    assertThat(issuer.tokensAsked()).hasSize(2);
  }

  @Test
  void manyCallersCauseOneRequest() {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 50; caller++) {
        callers.execute(() -> assertThat(credentials.token(Optional.empty())).isEqualTo("token-1"));
      }
    }
    assertThat(issuer.tokensAsked()).hasSize(1);
  }

  @Test
  void aRefusalIsExplainedWithoutTheSecretAndHoldsForASecond() {
    issuer.tokenAnswer = _ -> new TestIssuer.Said(400, "{\"error\": \"invalid_scope\"}");
    for (int call = 0; call < 3; call++) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> credentials.token(Optional.empty()))
          .withMessage("oidc (POST /token) gives no token: it answered 400 invalid_scope");
    }
    assertThat(issuer.tokensAsked()).hasSize(1);
    issuer.tokenAnswer = _ -> new TestIssuer.Said(200, "{\"access_token\": \"good\"}");
    time.skip(Duration.ofSeconds(2));
    assertThat(credentials.token(Optional.empty())).isEqualTo("good");
  }

  @Test
  void aTokenWithoutALifetimeIsKeptForLessThanAMinute() {
    issuer.tokenAnswer =
        asked ->
            new TestIssuer.Said(200, "{\"access_token\": \"token-%d\"}".formatted(asked.count()));
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-1");
    time.skip(Duration.ofSeconds(49));
    assertThat(credentials.token(Optional.empty())).isEqualTo("token-2");
  }

  @Test
  void anAnswerWithoutATokenIsABadReplyThatShowsNothing() {
    issuer.tokenAnswer = _ -> new TestIssuer.Said(200, "{\"token\": \"half-a-secret\"}");
    assertThatExceptionOfType(UpstreamException.BadReply.class)
        .isThrownBy(() -> credentials.token(Optional.empty()))
        .withMessageContaining("/access_token")
        .withMessageNotContaining("half-a-secret");
  }

  @Test
  void waitingForATokenEndsWithTheDeadline() throws InterruptedException {
    var released = new CountDownLatch(1);
    issuer.tokenAnswer =
        _ -> {
          try {
            released.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          return new TestIssuer.Said(200, "{\"access_token\": \"late\"}");
        };
    var deadline = Deadline.after(Duration.ofMillis(300), InstantSource.system());
    var context = Context.of("capture", deadline);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 3; caller++) {
        callers.execute(() ->
            context.run(() ->
                assertThatExceptionOfType(UpstreamException.TimedOut.class)
                    .isThrownBy(() -> credentials.token(Optional.empty()))
                    .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.DEADLINE))));
      }
    }
    released.countDown();
    assertThat(issuer.tokensAsked()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aCallPresentsTheTokenAndRenewsTheOneThatIsRefused() throws Exception {
    try (var server = new CardsThatRefuse("token-1")) {
      Upstream secured =
          upstream(
              Map.of(
                  "CARDS_URL",
                  server.url(),
                  "CARDS_CLIENT_ID",
                  "payments",
                  "CARDS_CLIENT_SECRET",
                  SECRET));
      try (secured) {
        secured.open(
            OpenTelemetry.noop(), ClientCredentials.of(trusted, secured), time.timeAndChance());
        credentialsOlderThanFiveSeconds(secured);
        assertThat(secured.get("/charges").send().status()).isEqualTo(200);
        assertThat(issuer.tokensAsked()).hasSize(2);
      }
    }
  }

  private void credentialsOlderThanFiveSeconds(Upstream secured) {
    assertThatExceptionOfType(UpstreamException.BadReply.class)
        .isThrownBy(() -> secured.get("/charges").send());
    time.skip(Duration.ofSeconds(5));
  }

  /// Answers 401 to one token and 200 to any other.
  private static final class CardsThatRefuse implements AutoCloseable {
    private final HttpServer server;

    CardsThatRefuse(String refused) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      server.createContext(
          "/charges",
          exchange -> {
            String presented = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.sendResponseHeaders(("Bearer " + refused).equals(presented) ? 401 : 200, -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
