package dev.manyfactor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mf config`: the settings of a service.
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Prints the effective settings of the service in DIR, secrets masked; behind DIR, --schema prints their JSON"
            + " Schema.",
    footer = {
      "",
      "Examples:",
      "  mf config examples/payments",
      "  mf config examples/payments --schema",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "64:wrong usage, or a service that is not of Manyfactor",
      "69:the artifact is not built yet",
      "*:whatever the artifact ends with",
    })
final class ConfigCommand implements Callable<Integer> {

  @Mixin private ArtifactArguments asked = new ArtifactArguments();

  @Override
  public Integer call() throws InterruptedException {
    return asked.question("config").ask();
  }
}
