package dev.manyfactor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mf openapi`: the contract of a service.
@Command(
    name = "openapi",
    mixinStandardHelpOptions = true,
    description = "Prints the contract of the service in DIR.",
    footer = {"", "Example:", "  mf openapi examples/payments"})
final class OpenapiCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Folder of the service; default: .")
  private Path directory = Path.of(".");

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "Passed on to the artifact.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    return new ArtifactQuestion(directory, "openapi", arguments).ask();
  }
}
