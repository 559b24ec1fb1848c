package dev.manyfactor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mf info`: what a service is made of.
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Prints what the artifact of the service in DIR is made of.",
    footer = {"", "Example:", "  mf info examples/payments"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "64:wrong usage, or a service that is not of Manyfactor",
      "69:the artifact is not built yet",
      "*:whatever the artifact ends with",
    })
final class InfoCommand implements Callable<Integer> {

  @Mixin private ArtifactArguments asked = new ArtifactArguments();

  @Override
  public Integer call() throws InterruptedException {
    return asked.question("info").ask();
  }
}
