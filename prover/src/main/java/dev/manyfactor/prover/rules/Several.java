package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several instances of a process type, started at once.
final class Several {
  private Several() {}

  /// Starts them and waits until all are up.
  ///
  /// @throws BaselineMissing when one does not come up
  static List<Running> of(Scene scene, Start start, int number) throws InterruptedException {
    List<Running> all = begun(scene, start, number);
    for (Running one : all) {
      awaitUp(scene, one, start.process());
    }
    return all;
  }

  /// Starts them.
  static List<Running> begun(Scene scene, Start start, int number) throws InterruptedException {
    List<Running> all = new ArrayList<>();
    for (int index = 0; index < number; index++) {
      all.add(scene.start(start.as(start.process() + " " + (char) ('A' + index))));
    }
    return all;
  }

  /// Waits until one is up.
  static void awaitUp(Scene scene, Running running, String process) throws InterruptedException {
    ProcessType type =
        scene.bench().manifest().programs().processes().stream()
            .filter(one -> one.name().equals(process))
            .findFirst()
            .orElseThrow();
    Optional<String> refusal = Instance.whyNotUp(scene, type, running);
    if (refusal.isPresent()) {
      throw new BaselineMissing(running.label() + " " + refusal.get());
    }
  }
}
