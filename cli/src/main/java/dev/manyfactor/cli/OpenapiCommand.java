package dev.manyfactor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mf openapi`: the contract of a service.
@Command(
    name = "openapi",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Prints the contract of the service in DIR.",
    footer = {"", "Example:", "  mf openapi examples/payments"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "64:wrong usage, or a service that is not of Manyfactor",
      "69:the artifact is not built yet",
      "*:whatever the artifact ends with",
    })
final class OpenapiCommand implements Callable<Integer> {

  @Mixin private ArtifactArguments asked = new ArtifactArguments();

  @Override
  public Integer call() throws InterruptedException {
    return asked.question("openapi").ask();
  }
}
