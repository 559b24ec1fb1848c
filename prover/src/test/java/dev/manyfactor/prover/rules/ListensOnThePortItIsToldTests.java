package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class ListensOnThePortItIsToldTests {
  @Test
  void serviceThatListensWhereItIsToldSurvives() throws InterruptedException {
    assertThat(TinyService.good().outcome("07-1")).isInstanceOf(Outcome.Pass.class);
  }
}
