package dev.manyfactor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mf info`: what a service is made of.
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Prints what the artifact of the service in DIR is made of.",
    footer = {"", "Example:", "  mf info examples/payments"})
final class InfoCommand implements Callable<Integer> {

  @Mixin private ArtifactArguments asked = new ArtifactArguments();

  @Override
  public Integer call() throws InterruptedException {
    return asked.question("info").ask();
  }
}
