package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.time.Duration;

/// What has become of a process, also of one of which nothing says whether it is ready: that one
/// has started if it lives for a while.
final class Settled {
  /// How long a process lives that has started.
  static final Duration LIFE = Duration.ofSeconds(3);

  private Settled() {}

  /// Waits for it, a little longer than `patience` where nothing says whether it is ready.
  static Readiness of(ProcessType type, Running running, Duration patience)
      throws InterruptedException {
    if (isUnknowable(type)) {
      var _ = running.process().awaitExit(LIFE);
    }
    return running.awaitReady(patience);
  }

  /// Whether nothing says that a process of this type is ready.
  static boolean isUnknowable(ProcessType type) {
    return type.readiness() instanceof ProcessType.Readiness.None;
  }

  /// Makes sure that a process of this type starts when nothing is wrong.
  ///
  /// @throws BaselineMissing when it does not
  static void requireIntact(Scene scene, ProcessType type) throws InterruptedException {
    Running intact = scene.startReady(Start.of(type.name()).as(type.name() + " intact"));
    if (isUnknowable(type) && intact.process().awaitExit(LIFE)) {
      throw new BaselineMissing(
          "%s ended with exit code %d when nothing was wrong"
              .formatted(type.name(), intact.process().exitCode().orElse(-1)));
    }
  }
}
