package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifiedTokensTests {
  private static final Instant NOW = TestIssuer.NOW;
  private static final Verification.Accepted ACCEPTED =
      new Verification.Accepted(
          new Caller("user-1", Set.of()), Optional.empty(), NOW.plusSeconds(60));

  private final VerifiedTokens tokens = new VerifiedTokens();

  @Test
  void aTokenIsFoundUntilItExpires() {
    var token = tokens.fingerprint("a.b.c");
    tokens.keep(token, 1, ACCEPTED);
    assertThat(tokens.find(tokens.fingerprint("a.b.c"), 1, NOW)).contains(ACCEPTED);
    assertThat(tokens.find(tokens.fingerprint("a.b.d"), 1, NOW)).isEmpty();
    assertThat(tokens.find(token, 1, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void aTokenIsForgottenWhenTheKeysChange() {
    var token = tokens.fingerprint("a.b.c");
    tokens.keep(token, 1, ACCEPTED);
    assertThat(tokens.find(token, 2, NOW)).isEmpty();
    assertThat(tokens.find(token, 1, NOW)).isEmpty();
  }

  @Test
  void aFloodOfTokensDoesNotGrowIt() {
    IntStream.range(0, 50_000)
        .forEach(number -> tokens.keep(tokens.fingerprint("token-" + number), 1, ACCEPTED));
    long kept =
        IntStream.range(0, 50_000)
            .filter(
                number -> tokens.find(tokens.fingerprint("token-" + number), 1, NOW).isPresent())
            .count();
    assertThat(kept).isBetween(4_000L, 16L * 512);
  }
}
