package dev.manyfactor.cli;

import dev.manyfactor.formation.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Parameters;

/// `mf jobs`: the queues and jobs of a service, by the artifact's own command.
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Shows the queues and jobs of the service in DIR, which runs, and retries, drops, cancels or"
          + " holds them.",
      "`mf jobs DIR --help` says what the service takes."
    },
    footer = {
      "",
      "Examples:",
      "  mf jobs examples/payments",
      "  mf jobs examples/payments list --state dead --tenant acme",
      "  mf jobs examples/payments show 0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77",
      "  mf jobs examples/payments retry --all --kind capture.requested",
      "  mf jobs examples/payments drop 0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77",
      "  mf jobs examples/payments cancel --all --state due",
      "  mf jobs examples/payments pause capture.requested",
      "  mf jobs examples/payments resume capture.requested",
      "  mf jobs examples/payments list --json",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "64:wrong usage, or a service that is not of Manyfactor",
      "66:no such job or queue",
      "69:the formation of DIR does not run, or its database does not answer",
      "75:not now: a living job has the unique key, or the job that is cancelled still runs",
      "*:whatever the artifact ends with",
    })
final class JobsCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Folder of the service.",
      showDefaultValue = Visibility.NEVER)
  private Path directory = Path.of(".");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "WHAT",
      defaultValue = "queues",
      completionCandidates = Whats.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String what = "queues";

  @Parameters(
      index = "2..*",
      paramLabel = "ARGUMENT",
      description = "Ids of jobs, names of queues and options: passed on to the artifact.",
      showDefaultValue = Visibility.NEVER)
  private List<String> arguments = new ArrayList<>();

  /// What can be asked and done.
  static final class Whats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("queues", "list", "show", "retry", "drop", "cancel", "pause", "resume")
          .iterator();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    RunningService.find(directory, Manifest.read(directory)); // its database is nowhere else
    var passedOn = new ArrayList<>(List.of(what));
    passedOn.addAll(arguments);
    return new ArtifactQuestion(directory, "jobs", passedOn).ask();
  }
}
