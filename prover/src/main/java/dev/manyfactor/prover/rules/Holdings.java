package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a service holds, looked at before and after something that is to have no effect.
///
/// @param read shows something that was made, so that a change in it is seen where no row is added
record Holdings(Scene scene, Running web, Optional<Call> read) {
  private static final Duration SHORT_WHILE = Duration.ofSeconds(1);

  /// As it is now; empty if nothing shows it.
  Map<String, String> now() throws InterruptedException {
    Map<String, String> state = Creation.state(scene, web);
    if (read.isPresent()) {
      state.put(read.get().toString(), web.send(read.get()).body());
    }
    return state;
  }

  /// What is wrong if it has changed. A service in which something changes without any request
  /// cannot be told from one that was changed by it.
  ///
  /// @param what was done, for the counter-example: `POST /v1/notes without a key was refused, but`
  Optional<Finding> changedSince(Map<String, String> before, String what)
      throws InterruptedException {
    Map<String, String> after = now();
    if (before.equals(after)) {
      return Optional.empty();
    }
    Thread.sleep(SHORT_WHILE);
    return Optional.of(
        after.equals(now())
            ? new Finding.Broken(
                "%s had an effect: %s before it, %s after it".formatted(what, before, after))
            : new Finding.Undecided(
                Reason.NOISY,
                "what the service holds changes by itself, so effects cannot be counted: %s, then %s"
                    .formatted(before, after)));
  }

  /// What to say where nothing shows effects.
  static Finding unseen() {
    return new Finding.Undecided(
        Reason.NO_PROBE_OPERATION,
        "the answers are fit, but nothing shows whether there were effects; add a sample that reads"
            + " what was made, for example `- request: GET /v1/notes`");
  }
}
