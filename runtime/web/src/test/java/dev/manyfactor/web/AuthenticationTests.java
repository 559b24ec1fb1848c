package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.identity.Authenticator;
import dev.manyfactor.identity.Verification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Unknown callers get nothing: what the server makes of an authenticator's word.
class AuthenticationTests {
  private static Served served;

  @BeforeAll
  static void start() {
    var backing =
        new Backing(
            Optional.empty(),
            Optional.empty(),
            Optional.of((Authenticator) AuthenticationTests::judge));
    served =
        Served.with(
            Served.setup().backing(backing),
            guarded(Method.GET, "/mine"),
            guarded(Method.POST, "/mine"),
            Served.answering("/open", "{}"));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Verification judge(String authorization) {
    var ada = new Caller("ada", Set.of("things:read", "things:write"));
    var bob = new Caller("bob", Set.of("things:read"));
    return switch (authorization) {
      case "" -> new Verification.Absent();
      case "Bearer ada" ->
          new Verification.Accepted(ada, Optional.of(new Tenant("acme")), Instant.MAX);
      case "Bearer bob" ->
          new Verification.Accepted(bob, Optional.of(new Tenant("acme")), Instant.MAX);
      case "Bearer early" -> new Verification.Unavailable("no keys yet");
      case "Bearer slow" -> {
        Duration left = Context.current().orElseThrow().deadline().remaining();
        yield new Verification.Rejected("left " + left.isPositive(), "secret detail");
      }
      default -> new Verification.Rejected("the token has expired", "exp was yesterday");
    };
  }

  private static Operation guarded(Method method, String path) {
    Operation open =
        Served.plain(
            method,
            path,
            _ ->
                context ->
                    Served.text(
                        context.tenant().orElseThrow()
                            + " "
                            + context.caller().orElseThrow().subject()));
    return new Operation(
        open.id(),
        method,
        path,
        new Access.Scopes(Set.of("things:read", "things:write")),
        open.idempotent(),
        open.deadline(),
        open.body(),
        open.handler());
  }

  @Test
  void knownCallerIsServedAsItself() throws IOException {
    assertThat(served.get("/mine", "Authorization: Bearer ada").body()).isEqualTo("acme ada");
  }

  @Test
  void callerWithoutATokenIsToldWhatIsWanted() throws IOException {
    Wire.Answer answer = served.get("/mine");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(answer.body()).contains("/problems/unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer mallory", "Basic YTpi", "Bearer ada, Bearer ada"})
  void tokenThatIsNotGoodIsRefused(String authorization) throws IOException {
    Wire.Answer answer = served.get("/mine", "Authorization: " + authorization);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).contains("invalid_token");
    assertThat(answer.body()).doesNotContain("yesterday");
  }

  @Test
  void twoTokensAreNoToken() throws IOException {
    Wire.Answer answer =
        served.get("/mine", "Authorization: Bearer ada", "Authorization: Bearer ada");
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void callerWithoutAScopeIsToldWhichOnesAreNeeded() throws IOException {
    Wire.Answer answer = served.get("/mine", "Authorization: Bearer bob");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("www-authenticate"))
        .contains("insufficient_scope", "things:read things:write");
  }

  @Test
  void callerIsAskedToComeBackWhileNoTokenCanBeJudged() throws IOException {
    Wire.Answer answer = served.get("/mine", "Authorization: Bearer early");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }

  @Test
  void tokenIsJudgedWithinTheDeadlineOfTheOperation() throws IOException {
    assertThat(served.get("/mine", "Authorization: Bearer slow").header("www-authenticate"))
        .contains("left true");
  }

  @Test
  void publicOperationNeedsNoToken() throws IOException {
    assertThat(served.get("/open", "Authorization: Bearer mallory").status()).isEqualTo(200);
  }

  @Test
  void unknownCallerIsNotToldWhetherItsRequestIsValid() throws IOException {
    Wire.Answer answer = served.post("/mine", "not json");
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void guardedOperationWithoutAnAuthenticatorDoesNotStart() {
    assertThatThrownBy(() -> Served.serving(guarded(Method.GET, "/a"), guarded(Method.GET, "/b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation get/a needs a token but nothing verifies tokens")
        .hasMessageContaining("operation get/b needs a token");
  }
}
