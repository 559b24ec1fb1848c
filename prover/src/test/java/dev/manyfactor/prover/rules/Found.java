package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;

/// Reads what an outcome says, and fails the test if it is another one.
final class Found {
  private Found() {}

  /// The counter-example of a failure.
  static String counterExample(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }

  /// Why it is not proven.
  static String reason(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotProven.class);
    Outcome.NotProven open = (Outcome.NotProven) outcome;
    return open.reason().words() + ": " + open.why();
  }

  /// What was seen in the first trial of a pass.
  static String observation(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Pass.class);
    return ((Outcome.Pass) outcome).evidence().trials().getFirst().finding().toString();
  }
}
