package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.RunningFormations;
import java.nio.file.Path;
import java.util.Optional;

/// A service in the formation it runs in.
final class RunningService {

  private RunningService() {}

  /// The state of the service in `directory`.
  ///
  /// @throws FormationException if it does not run
  static ServiceState find(Path directory, Manifest manifest) {
    FormationState state = RunningFormations.ofUser().find(Optional.of(directory), directory);
    return state
        .service(directory)
        .orElseThrow(() ->
            new FormationException(
                ExitCode.UNAVAILABLE,
                "the formation in %s runs without %s; start it without --only, or with one of its process types"
                    .formatted(state.directory(), manifest.name())));
  }
}
