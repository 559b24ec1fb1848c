package dev.manyfactor.contract.official;

import dev.manyfactor.contract.Compiled;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import dev.manyfactor.contract.writer.ContractWriter;
import dev.manyfactor.contract.writer.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the generator makes of one document: code that compiles, or a list of what it does not
/// support. Anything else is a fault of the generator and an exception.
sealed interface Trial {
  /// The document is supported.
  ///
  /// @param files of Java, which compile without a warning
  record Accepted(int files, int operations) implements Trial {}

  /// Something in the document is not supported.
  ///
  /// @param problems one or more
  record Refused(List<Problem> problems) implements Trial {}

  /// In a few words, for a list.
  default String line() {
    return switch (this) {
      case Accepted(int files, int _) -> "compiles, %d files".formatted(files);
      case Refused(var problems) ->
          "refused: "
              + Kinds.of(problems).stream()
                  .map(Kinds.Kind::problem)
                  .sorted()
                  .collect(Collectors.joining(" | "));
    };
  }

  /// Tries one file, together with those that it refers to.
  static Trial of(Path document, Kind kind) throws IOException {
    String file = document.getFileName().toString();
    String text = Files.readString(document);
    Path folder = document.resolveSibling("").toAbsolutePath();
    try {
      Bundle bundle = Bundle.of(file, text, path -> beside(folder, path));
      Contract contract = ContractReader.read("stranger", bundle, kind);
      List<SourceFile> code = ContractWriter.write(contract, kind, Compiled.PACKAGE);
      Path classes = Files.createTempDirectory(Path.of("target"), "stranger");
      Compiled.of(code, classes);
      return new Accepted(code.size(), contract.operations().size());
    } catch (InvalidContract invalid) {
      return new Refused(invalid.problems());
    }
  }

  private static Optional<String> beside(Path folder, Path path) {
    Path file = folder.resolve(path).normalize();
    try {
      boolean isInside = file.startsWith(folder) && Files.isRegularFile(file);
      return isInside ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
