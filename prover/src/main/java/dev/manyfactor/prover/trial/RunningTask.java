package dev.manyfactor.prover.trial;

import dev.manyfactor.prover.observe.Observed;

/// A task of the service that was begun in a scene.
public interface RunningTask {
  /// What is run.
  Errand errand();

  /// Its process: output, tree, signals, exit.
  Observed process();

  /// Waits for its end, at most two minutes.
  Errand.End await() throws InterruptedException;
}
