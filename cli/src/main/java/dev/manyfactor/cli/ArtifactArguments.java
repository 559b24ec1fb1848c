package dev.manyfactor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Parameters;

/// What the commands take that pass a question on to the artifact of a service.
final class ArtifactArguments {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder of the service.")
  private Path directory = Path.of(".");

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      showDefaultValue = Visibility.NEVER,
      description = "Passed on to the artifact.")
  private List<String> arguments = new ArrayList<>();

  /// The question, with what the command line says.
  ArtifactQuestion question(String question) {
    return new ArtifactQuestion(directory, question, arguments);
  }
}
