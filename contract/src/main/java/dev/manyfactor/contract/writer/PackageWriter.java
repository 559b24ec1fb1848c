package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.writer.SourceFile.Origin;

/// Writes `package-info.java`: what the package is, and where to begin.
final class PackageWriter {
  private static final String SHAPE =
      """
      {comment}
      @NullMarked
      package {package};

      import org.jspecify.annotations.NullMarked;
      """;

  private PackageWriter() {}

  static SourceFile write(Origin origin, Contract contract, Kind kind) {
    String start =
        switch (kind) {
          case SERVER ->
              "Read [%s] first: it lists the operations.".formatted(ApiWriter.typeName(contract));
          case TYPES -> "The types of another service's contract, for calling it.";
        };
    String text =
        Template.of(SHAPE)
            .lines(
                "comment",
                Comment.at(0)
                    .text(contract.title() + ": what its contract says, in Java.")
                    .text(contract.description())
                    .text(start)
                    .lines())
            .word("package", origin.packageName())
            .text();
    return new SourceFile("package-info.java", origin.notice() + text);
  }
}
