package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.Optional;

/// Whether a process that was started is up, also where it cannot be asked.
final class Instance {
  private static final int PATIENCE = 3; // times the declared time: the machine may be busy
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(20);
  private static final Duration FIRST_WORDS = Duration.ofSeconds(3);
  private static final Duration SECOND_THOUGHTS = Duration.ofSeconds(1);

  private Instance() {}

  /// Whether samples are sent to this process type.
  static boolean isAsked(Scene scene, ProcessType type) {
    return Serving.types(scene.bench()).stream().findFirst().filter(type::equals).isPresent();
  }

  /// What keeps it from being up, as the rest of a sentence; empty once it is.
  ///
  /// One that cannot be asked is up when it still runs a while after its first line.
  static Optional<String> whyNotUp(Scene scene, ProcessType type, Running running)
      throws InterruptedException {
    if (type.readiness() instanceof ProcessType.Readiness.None) {
      var _ = running.process().output().await(0, _ -> true, FIRST_WORDS);
      var _ = running.process().awaitExit(SECOND_THOUGHTS);
    }
    Duration declared = scene.bench().manifest().proving().deadlines().ready();
    Duration patience = declared.multipliedBy(PATIENCE);
    return switch (running.awaitReady(
        patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience)) {
      case Readiness.Ready _ -> Optional.empty();
      case Readiness.Exited(var code, _, _) ->
          Optional.of("ended with exit code %d: %s".formatted(code, LastWords.of(running)));
      case Readiness.NotReady(var after, var answer) ->
          Optional.of("was not ready after %d s: %s".formatted(after.toSeconds(), answer));
    };
  }
}
