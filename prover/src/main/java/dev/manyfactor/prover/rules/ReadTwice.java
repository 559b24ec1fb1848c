package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Visitor;

/// A read with its credentials and without them, twice in turn, so that what changes by itself is
/// told from what the credentials change.
record ReadTwice(
    Call call, Exchange with, Exchange without, Exchange again, Exchange withoutAgain) {
  static ReadTwice of(Call call, Running at) throws InterruptedException {
    Call bare = call;
    for (String header : Visitor.credentialsOf(call)) {
      bare = bare.without(header);
    }
    return new ReadTwice(call, at.send(call), at.send(bare), at.send(call), at.send(bare));
  }

  /// Whether the credentials change the answer, and nothing else does.
  boolean matters() {
    return isChanged() && isSame(with, again) && isSame(without, withoutAgain);
  }

  /// Whether the answers with and without them differ.
  boolean isChanged() {
    return !isSame(with, without);
  }

  private static boolean isSame(Exchange one, Exchange other) {
    return one.status() == other.status() && one.body().equals(other.body());
  }
}
