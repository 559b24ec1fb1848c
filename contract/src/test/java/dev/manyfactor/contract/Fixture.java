package dev.manyfactor.contract;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.writer.ContractWriter;
import dev.manyfactor.contract.writer.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The contracts of the tests, and the code that is made of them.
final class Fixture {
  private Fixture() {}

  /// The text of a file beside this class.
  static String text(String file) {
    try (var stream = Objects.requireNonNull(Fixture.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The sources made of `name.openapi.yaml`.
  static List<SourceFile> sources(String name, Kind kind, String packageName) {
    try {
      String file = name + ".openapi.yaml";
      Contract contract = ContractReader.read(name, file, text(file), kind);
      return ContractWriter.write(contract, kind, packageName);
    } catch (InvalidContract invalid) {
      throw new AssertionError(invalid.getMessage(), invalid);
    }
  }
}
