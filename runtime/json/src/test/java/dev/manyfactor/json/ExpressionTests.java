package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"^(.*,){25}P$ | ,", "a*a*a*a*a*b | a", "^([a-z]+x*)+$ | a"})
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anExpressionThatTriesWithoutEndGivesUpAndIsNotFound(String expression, String repeated) {
    assertThat(Expression.of(expression).isFoundIn(repeated.repeat(3_000) + "!")).isFalse();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTextThatIsTooDeepForAnExpressionIsNoError() {
    assertThat(Expression.of("^(?:a|b)*$").isFoundIn("ab".repeat(500_000) + "c")).isFalse();
  }

  @Test
  void aLongTextIsSearchedToItsEnd() {
    assertThat(Expression.of("^[a-z ]+$").isFoundIn("lorem ipsum ".repeat(100_000))).isTrue();
    assertThat(Expression.of("(foo|bar)\\s*$").isFoundIn("x".repeat(1_000_000) + "bar")).isTrue();
  }
}
