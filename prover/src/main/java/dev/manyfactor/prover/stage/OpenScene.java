package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.trial.Scene;
import java.util.Map;

/// A scene as the harness has it, which closes it after the trial.
public sealed interface OpenScene extends Scene, AutoCloseable permits StageScene, VisitingScene {
  /// The controls that were noted, and by what.
  Map<Control, String> controls();

  @Override
  void close();
}
