package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.writer.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The generated text itself: as a reviewer sees it, and as the formatter would have it.
class GoldenTests {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/manyfactor/contract/golden");
  private static final Path ACTUAL = Path.of("target/golden");

  /// After a wanted change, look at `target/golden` and copy it over the golden files.
  @Test
  void theCodeOfASmallContractIsWhatWasReviewed() throws IOException {
    List<SourceFile> sources = Fixture.sources("notes", Kind.SERVER, "example.notes");
    Files.createDirectories(ACTUAL);
    for (SourceFile source : sources) {
      Files.writeString(ACTUAL.resolve(source.name()), source.text());
    }
    try (Stream<Path> reviewed = Files.list(GOLDEN)) {
      assertThat(reviewed.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(sources.stream().map(SourceFile::name).toList());
    }
    for (SourceFile source : sources) {
      assertThat(source.text())
          .as(source.name())
          .isEqualTo(Files.readString(GOLDEN.resolve(source.name())));
    }
  }

  static Stream<SourceFile> everything() {
    return Stream.of(
            Fixture.sources("payments", Kind.SERVER, "example.payments"),
            Fixture.sources("payments", Kind.TYPES, "example.another"),
            Fixture.sources("shapes", Kind.SERVER, "example.shapes"),
            Fixture.sources("files", Kind.SERVER, "example.files"),
            Fixture.sources("forms", Kind.SERVER, "example.forms"),
            Fixture.sources("forms", Kind.TYPES, "example.other"),
            Fixture.sources("sensitive", Kind.SERVER, "example.sensitive"),
            Fixture.sources("notes", Kind.SERVER, "example.notes"))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void theFormatterWouldChangeNothing(SourceFile source, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve(source.name()), source.text());
    StringWriter formatted = new StringWriter();
    StringWriter faults = new StringWriter();
    int exit =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(new PrintWriter(formatted), new PrintWriter(faults), file.toString());
    assertThat(exit).as(faults.toString()).isZero();
    assertThat(formatted).hasToString(source.text());
  }

  @Test
  void theSameContractAlwaysBecomesTheSameText() {
    assertThat(Fixture.sources("payments", Kind.SERVER, "example"))
        .isEqualTo(Fixture.sources("payments", Kind.SERVER, "example"));
  }
}
