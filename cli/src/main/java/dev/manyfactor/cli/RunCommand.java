package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Suggestion;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Parameters;

/// `mf run`: a task of a service, in the environment of the running formation.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Runs a task of the service in DIR with the environment of the running formation.",
      "Input, output and exit code are those of the task."
    },
    footer = {
      "",
      "Examples:",
      "  mf run examples/payments export-customers --tenant acme > customers.csv",
      "  mf run examples/payments migrate --status"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "64:wrong usage, or no task of that name",
      "69:the formation of DIR does not run, or the task's program is missing",
      "78:the manifest is wrong",
      "*:whatever the task ends with",
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Folder of the service.",
      showDefaultValue = Visibility.NEVER)
  private Path directory = Path.of(".");

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "A task of its manifest.",
      showDefaultValue = Visibility.NEVER)
  private String task = "";

  @Parameters(
      index = "2..*",
      paramLabel = "ARGUMENT",
      description = "Passed on to the task.",
      showDefaultValue = Visibility.NEVER)
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Manifest manifest = Manifest.read(directory);
    var command = manifest.programs().task(task).orElseThrow(() -> unknownTask(manifest));
    ServiceState service = RunningService.find(directory, manifest);
    List<Map<String, String>> set = new ArrayList<>(List.of(service.environment()));
    if (manifest.programs().release().equals(Optional.of(task))) {
      set.add(service.releaseEnvironment());
    }
    return new Foreground(
            command.with(arguments),
            manifest.directory(),
            Wiring.environment(manifest, Surroundings.ofProcess().environment(), set))
        .run();
  }

  private FormationException unknownTask(Manifest manifest) {
    var tasks = manifest.programs().tasks().keySet();
    return new FormationException(
        ExitCode.USAGE,
        "%s has no task \"%s\"%s; its tasks are: %s"
            .formatted(
                manifest.name(),
                task,
                Suggestion.didYouMean(task, tasks),
                tasks.isEmpty() ? "none" : String.join(", ", tasks)));
  }
}
