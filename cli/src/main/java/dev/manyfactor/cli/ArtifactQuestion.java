package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.RunningFormations;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Wiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Passes a question on to the artifact of a service, which knows its settings and its contract
/// best.
///
/// The service is asked in the environment of the formation it runs in, or in the shell's if it
/// does not run.
///
/// @param directory the folder of the service
/// @param question `config`, `openapi`, `info` or `jobs`
/// @param arguments passed on
record ArtifactQuestion(Path directory, String question, List<String> arguments) {

  /// Asks, and returns the exit code of the answer.
  int ask() throws InterruptedException {
    Manifest manifest = Manifest.read(directory);
    Path artifact =
        manifest
            .build()
            .map(Manifest.Build::artifact)
            .filter(file -> file.toString().endsWith(".jar"))
            .orElseThrow(() ->
                new FormationException(
                    ExitCode.USAGE,
                    "%s has no artifact of Manyfactor, so it cannot be asked for its %s"
                        .formatted(manifest.name(), question)));
    if (!Files.exists(artifact)) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "there is no %s yet; build it with `mf up %s`".formatted(artifact, directory));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-jar",
                artifact.toString(),
                question));
    command.addAll(arguments);
    return new Foreground(
            command,
            manifest.directory(),
            Wiring.environment(
                manifest, Surroundings.ofProcess().environment(), List.of(running())))
        .run();
  }

  private Map<String, String> running() {
    return RunningFormations.ofUser().all().stream()
        .flatMap(state -> state.service(directory).stream())
        .map(FormationState.ServiceState::environment)
        .findFirst()
        .orElse(Map.of());
  }
}
