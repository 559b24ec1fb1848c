package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengeTests {

  @Test
  void challengesAreThoseOfRfc6750() {
    assertThat(Challenge.missing()).isEqualTo("Bearer");
    assertThat(Challenge.invalid("the token has expired"))
        .isEqualTo("Bearer error=\"invalid_token\", error_description=\"the token has expired\"");
    assertThat(Challenge.insufficientScope(Set.of("payments:write", "payments:read")))
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"payments:read payments:write\"");
  }
}
