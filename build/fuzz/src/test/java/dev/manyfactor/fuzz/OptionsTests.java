package dev.manyfactor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OptionsTests {

  @Test
  void whatIsGivenReplacesTheDefault() {
    assertThat(Options.DEFAULT.with("--requests", "10", "--seed", "3", "--index", "4"))
        .isEqualTo(new Options(10, 3, OptionalLong.of(4)));
    assertThat(Options.DEFAULT.with()).isEqualTo(Options.DEFAULT);
  }

  @Test
  void whatIsNoOptionIsNamed() {
    assertThatThrownBy(() -> Options.DEFAULT.with("--many", "1")).hasMessageContaining("--many");
    assertThatThrownBy(() -> Options.DEFAULT.with("--seed")).hasMessageContaining("needs a number");
    assertThatThrownBy(() -> Options.DEFAULT.with("--requests", "0"))
        .hasMessageContaining("1 or more");
  }
}
